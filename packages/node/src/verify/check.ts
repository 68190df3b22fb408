import type { Round } from '@fednode/protocol'

/** What is looked at of every round, in this order. */
export type CheckName =
  | 'bundle'
  | 'anchor'
  | 'manifest'
  | 'history'
  | 'opening'
  | 'seed'
  | 'updates'
  | 'values'
  | 'recompute'

/** One line of a verification: it holds, it does not, or nobody could look and why. */
export type Check = {
  readonly round: Round
  readonly check: CheckName
  readonly status: 'PASS' | 'FAIL' | 'SKIP'
  /** Stable name of what is wrong; only of a FAIL. */
  readonly code?: string
  readonly detail: string
  /** Signed envelope that proves it to anybody, base64; where there is one. */
  readonly proof?: string
}
