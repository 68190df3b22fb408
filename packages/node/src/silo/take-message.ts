import type { SignedMessage } from '@fednode/protocol'
import type { SiloRun } from './silo.ts'
import { reduceSiloState } from './silo-state.ts'

/** Takes an accepted message into the silo's state and wakes whoever waits for it. */
export function takeMessage(run: Pick<SiloRun, 'state' | 'options'>, signed: SignedMessage): void {
  run.state.set(reduceSiloState(run.state.get(), signed, run.options.name))
}
