import { formatAmount } from '@fednode/contracts'

/** Of the least stake, on top of it: more than small penalties take in a day. */
const ROOM = 10n

/** What a newcomer is advised to stake, as it is typed: whoever has just the least is let go after its first penalty. */
export function stakeToAdvise(least: bigint): string {
  return formatAmount(least + least / ROOM)
}
