import type { ScenarioState } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import type { FederatorChain } from '../chain/federator-chain.ts'
import type { Run } from './coordinator.ts'

/**
 * Compares the journal with the chain before anything new is done.
 * @throws {UserError} SCENARIO_CLOSED, JOURNAL_BEHIND_CHAIN.
 */
export async function checkProgress(run: Run, chain: FederatorChain): Promise<undefined> {
  const { journal } = run.deps
  const state = await chain.readScenario()
  if (isAhead(state, journal.lastClosedRound())) await refuseToGoBack(run, chain, state)
  const isOver = journal.lastClosedRound() >= run.options.manifest.rounds.count
  if (state.phase === 'closed' && !isOver) throw closedError(run)
  return undefined
}

/**
 * A journal that is older than what this federator anchored was restored from a backup: going on would do a paid round again (T46).
 * Rounds that others voided after their timeout are no sign of that.
 */
async function refuseToGoBack(
  { deps }: Run,
  chain: FederatorChain,
  state: ScenarioState,
): Promise<void> {
  const known = deps.journal.lastClosedRound()
  const settled = await chain.readSettlements()
  const isAsserted = isAnchored(state) && state.currentRound > known
  const unknown = settled.find(({ round, voided }) => round > known && !voided)
  if (!isAsserted && unknown === undefined) return
  throw new UserError(
    'refused',
    `${deps.journal.path} ends at round ${known}, but the chain has the outcome of round ${unknown?.round ?? state.currentRound}`,
    {
      code: 'JOURNAL_BEHIND_CHAIN',
      hint: 'The data directory was restored from an old backup, or another one is the right one. Use the newest.',
    },
  )
}

function isAhead(state: ScenarioState, known: number): boolean {
  const { phase, currentRound } = state
  return phase === 'closed' || currentRound > known + 1 || isAnchored(state)
}

function isAnchored({ phase }: ScenarioState): boolean {
  return phase === 'asserted' || phase === 'disputed'
}

function closedError({ options }: Run): UserError {
  return new UserError('chain', `the Scenario ${options.scenario} is closed, no round follows`, {
    code: 'SCENARIO_CLOSED',
    hint: 'Too few silos registered in time, or it ended before. Create a new one.',
  })
}
