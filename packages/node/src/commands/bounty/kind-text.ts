import type { BountyView } from '@fednode/contracts'

/** What a bounty is for, in a sentence. */
export function kindText(kind: BountyView['kind']): string {
  return kind === 'data' ? 'data' : 'a model'
}
