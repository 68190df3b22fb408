import { setTimeout as sleep } from 'node:timers/promises'
import type { CliProcess } from '../harness/cli-process.ts'
import type { FaultCase, FaultCases } from '../harness/fault-case.ts'
import { FaultError } from '../harness/fault-error.ts'
import type { Federation } from '../harness/federation.ts'
import { once } from '../harness/once.ts'
import type { Script } from '../harness/play.ts'
import { survive } from '../harness/survive.ts'

const TERMS = { silos: 3, rounds: 4 }
const TIMEOUT_MS = 180_000
const OFFSETS_MS = { fast: 600_000, slow: -600_000 }
/** How long the clock is wrong: until a silo has asked the aggregator what it missed. */
const WRONG_MS = 25_000
const WARNING = /clock is not the aggregator's/

/** A clock that is ten minutes fast or slow, of one silo and of the aggregator: a silo says so, and when it is set right all is well. */
export const clockCases: FaultCases = {
  'fast-clock-silo': wrong('silo-1', 'fast'),
  'slow-clock-silo': wrong('silo-1', 'slow'),
  'fast-clock-aggregator': wrong('aggregator', 'fast'),
  'slow-clock-aggregator': wrong('aggregator', 'slow'),
}

function wrong(name: string, way: keyof typeof OFFSETS_MS): FaultCase {
  const role = name === 'aggregator' ? name : 'silo'
  return once(`clock 10 min ${way} ${role}`, () =>
    survive(TERMS, (federation) => wrongAWhile(federation, name, OFFSETS_MS[way])),
  )
}

function wrongAWhile(federation: Federation, name: string, offset: number): Script {
  const one = federation.processOf(name)
  let isWrong = true
  return {
    timeoutMs: TIMEOUT_MS,
    envOf: (process) =>
      process === one && isWrong ? { FEDNODE_DEBUG_CLOCK_OFFSET_MS: String(offset) } : {},
    forgives: (process) => process === one && isWrong,
    async disturb() {
      await sleep(WRONG_MS)
      assertWarned(federation.silos)
      await one.stop()
      one.start()
      isWrong = false
    },
  }
}

function assertWarned(silos: readonly CliProcess[]): void {
  if (silos.some((silo) => WARNING.test(silo.lastWords()))) return
  throw new FaultError('nobody says that a clock is wrong', { code: 'WRONG_OUTCOME' })
}
