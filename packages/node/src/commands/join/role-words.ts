import type { JoinOptions } from './handler.ts'

/** What `join` was told of a role in a network, to be typed again. */
export function roleWords({
  federation,
  role,
  manifest,
  stake,
}: Pick<JoinOptions, 'federation' | 'role' | 'manifest' | 'stake'>): string {
  const staking = stake === undefined ? '' : ` --stake ${stake}`
  return `${federation} --role ${role} --manifest ${manifest}${staking}`
}
