import { clockCases } from './cases/clock.ts'
import { corruptCases } from './cases/corrupt.ts'
import { diskCases } from './cases/disk.ts'
import { freeze } from './cases/freeze.ts'
import { hostileCases } from './cases/hostile.ts'
import { killCases } from './cases/kill.ts'
import { killChainAtEveryStep } from './cases/kill-chain.ts'
import { networkCases } from './cases/network.ts'
import { natCases } from './cases/network-nat.ts'
import { reorg } from './cases/reorg.ts'
import type { FaultCases } from './harness/fault-case.ts'

/** Every kind of fault. */
export const FAULT_CASES: FaultCases = {
  ...killCases,
  'kill-chain': killChainAtEveryStep,
  reorg,
  freeze,
  ...clockCases,
  ...diskCases,
  ...corruptCases,
  ...networkCases,
  ...natCases,
  ...hostileCases,
}
