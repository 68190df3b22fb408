import { clock } from './cases/clock.ts'
import { corrupt } from './cases/corrupt.ts'
import { disk } from './cases/disk.ts'
import { freeze } from './cases/freeze.ts'
import { hostile } from './cases/hostile.ts'
import { killAtEveryStep } from './cases/kill.ts'
import { killChainAtEveryStep } from './cases/kill-chain.ts'
import { network } from './cases/network.ts'
import type { FaultCase } from './harness/fault-case.ts'

/** Every kind of fault by the name that `--only` takes. */
export const FAULT_CASES: Readonly<Record<string, FaultCase>> = {
  kill: killAtEveryStep,
  'kill-chain': killChainAtEveryStep,
  freeze,
  clock,
  disk,
  corrupt,
  network,
  hostile,
}
