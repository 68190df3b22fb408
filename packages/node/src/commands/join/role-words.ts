import type { JoinOptions } from './handler.ts'

/** What `join` was told of a role in a network, to be typed again. */
export function roleWords({
  federation,
  role,
  manifest,
  stake,
  bootstrap = [],
  mdns,
}: Pick<JoinOptions, 'federation' | 'role' | 'manifest' | 'stake' | 'bootstrap' | 'mdns'>): string {
  const staking = stake === undefined ? '' : ` --stake ${stake}`
  const reaching = bootstrap.length === 0 ? '' : ` --bootstrap ${bootstrap.join(',')}`
  const looking = mdns ? ' --mdns' : ''
  return `${federation} --role ${role} --manifest ${manifest}${staking}${reaching}${looking}`
}
