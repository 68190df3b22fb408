import { ChainError, type ScenarioState } from '@fednode/contracts'
import type { Round } from '@fednode/protocol'
import type { ChainTask } from '../journal/chain-task.ts'

/** Steps that were done have vanished with the blocks that they were in (T52). */
export class WentBack extends ChainError {
  override name = 'WentBack'
  /** Where the chain is: steps of this round and later may be gone. */
  readonly round: Round

  constructor({ round, work }: ChainTask, { currentRound, phase }: ScenarioState) {
    super(
      `the chain went back to round ${currentRound} (${phase}) before ${work.step} of round ${round}: what vanished is sent again`,
      { code: 'CHAIN_WENT_BACK' },
    )
    this.round = currentRound
  }
}
