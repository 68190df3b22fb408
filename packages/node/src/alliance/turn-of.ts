import type { AllianceState } from '@fednode/contracts'

/**
 * After how many others an account takes an alliance on, so that one of them pays for it and the others see it done: participants in turns
 * that begin one further in every round.
 * @param state - as the account sees it; an account that takes no part comes last.
 */
export function turnOf(
  { participants, round }: Pick<AllianceState, 'participants' | 'round'>,
  account: string,
): number {
  const count = participants.length
  const index = participants.findIndex((one) => one.toLowerCase() === account.toLowerCase())
  return index < 0 ? count : (index - (round % count) + count) % count
}
