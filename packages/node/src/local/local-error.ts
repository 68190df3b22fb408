import { FedError } from '@fednode/protocol'

export type LocalErrorInfo =
  /** The digits of the npm package are not the ones that this version was written for. */
  | { code: 'LOCAL_DIGITS_CHANGED'; expected: string; actual: string }
  /** A process of the local federation ended before its time; `output` holds its last lines. */
  | {
      code: 'LOCAL_CHILD_ENDED'
      name: string
      exitCode: number | null
      signal: string | null
      output: string
    }
  /** Something that the local federation waits for did not come in time. */
  | { code: 'LOCAL_TIMEOUT'; waitedFor: string; seconds: number }
  /** The chain says something else than what was just done on it. */
  | { code: 'LOCAL_CHAIN_STATE'; what: string }

/** A local federation that cannot go on. */
export class LocalError extends FedError<LocalErrorInfo> {
  override name = 'LocalError'
}
