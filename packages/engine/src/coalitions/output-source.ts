import type { CoalitionModel } from '../types.ts'

/** Set to 1 from any thread when there is no point in going on; one element of shared memory. */
export type StopFlag = Int32Array<SharedArrayBuffer>

/** Runs models of coalitions over all rows, on this thread or on others. */
export type OutputSource = {
  /** How many models it takes to keep it busy. */
  readonly lanes: number
  /**
   * Outputs [rows, outputs] of one model; undefined when it was stopped.
   * @throws {EngineError} WORKER_FAILED.
   */
  outputs(model: CoalitionModel, stopped: StopFlag): Promise<Float32Array | undefined>
  /** Ends what is running and frees what is held. */
  dispose(): Promise<void>
}

/** Whether a flag was set. */
export function isStopped(flag: StopFlag): boolean {
  return Atomics.load(flag, 0) !== 0
}
