import { setTimeout as sleep } from 'node:timers/promises'
import { ChainError } from '@fednode/contracts'
import { EngineError } from '@fednode/engine'
import { FedError, type Logger, UserError } from '@fednode/protocol'
import { VotingError } from './voting-error.ts'

/** What AbortSignal.timeout and whoever waits by it throw. */
const TOO_LATE: readonly string[] = ['TimeoutError', 'AbortError']
/** Native coin below which a node says so, in wei: some ten rounds at 1 gwei. */
const LOW_BALANCE = 10_000_000_000_000_000n

/** What a node says of what it cannot do now. */
export type VotingTrouble =
  | { readonly type: 'trouble'; readonly code: string; readonly reason: string }
  | { readonly type: 'gas-low'; readonly balance: string }

/** One node's game, looked at again and again. */
export type Game = {
  /** One look at the chain, and what it asks for. @returns whether all is over. */
  look(): Promise<boolean>
  readonly pollMs: number
  readonly signal: AbortSignal
  /** Codes of what somebody else did first, or is too early or too late: the next look at the chain shows where it stands. */
  readonly races: readonly string[]
  /** What was said last, so that nothing is said twice. */
  readonly course: { said?: string }
  onEvent(event: VotingTrouble): void
  readonly logger: Pick<Logger, 'debug'>
}

/**
 * Looks until all is over or the signal fires.
 * @throws what no next look may find gone, such as a UserError (STAKE_GONE) and a VotingError: a node that goes on without its votes costs
 * its stake, and says so once only.
 */
export async function playRounds(game: Game): Promise<void> {
  const { pollMs, signal } = game
  while (!signal.aborted) {
    try {
      if (await game.look()) return
    } catch (error) {
      takeTrouble(game, error)
    }
    await sleep(pollMs, undefined, { signal }).catch(() => {})
  }
}

/** Says that the account can hardly pay for its transactions. @param balance - of native coin, wei. */
export function warnOfGas(balance: bigint, onEvent: Game['onEvent']): void {
  if (balance < LOW_BALANCE) onEvent({ type: 'gas-low', balance: String(balance) })
}

/** A failure that the next look may find gone is said once; every other ends the node. */
function takeTrouble(game: Game, error: unknown): void {
  const { signal, races, course, logger, onEvent } = game
  if (signal.aborted) return
  const isLate = error instanceof Error && TOO_LATE.includes(error.name)
  const isOurs = error instanceof ChainError || error instanceof EngineError
  const isFinal = error instanceof UserError || error instanceof VotingError
  const isKnown = isLate || isOurs || (error instanceof FedError && !isFinal)
  if (!isKnown) throw error
  const code = error instanceof FedError ? String(error.code) : 'TOO_LATE'
  if (races.includes(code)) return void logger.debug({ code }, 'somebody was there first')
  if (course.said === code) return
  course.said = code
  const { message: reason } = error as Error
  onEvent({ type: 'trouble', code, reason })
}
