import type { UpResult } from '../local/up-result.ts'

/** What contributions are measured in, in words. */
export function utilityText({ manifest }: UpResult): string {
  return manifest.contribution.utility === 'accuracy' ? 'accuracy' : 'negative loss in nats'
}
