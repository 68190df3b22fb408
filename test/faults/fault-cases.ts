import { killAtEveryStep } from './cases/kill.ts'
import { killChainAtEveryStep } from './cases/kill-chain.ts'
import type { FaultCase } from './harness/fault-case.ts'

/** Every kind of fault by the name that `--only` takes. */
export const FAULT_CASES: Readonly<Record<string, FaultCase>> = {
  kill: killAtEveryStep,
  'kill-chain': killChainAtEveryStep,
}
