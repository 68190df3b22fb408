import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createJournal, JOURNAL_FILE } from '../../packages/aggregator/src/index.ts'
import type { CliProcess } from '../faults/harness/cli-process.ts'
import { FaultError } from '../faults/harness/fault-error.ts'
import { createFaultFederation, type Federation } from '../faults/harness/federation.ts'
import { roundOf } from '../faults/harness/play.ts'
import { seededRandom } from '../faults/harness/seeded-random.ts'
import type { Series } from './series.ts'

const SAMPLE_MS = 500
/** How often one of the silos that come and go comes or goes. */
const CHANGE_MS = 4_000
const END_MS = 60_000
const SEED = 11
/**
 * V8 lets its heap grow in steps of up to 100 MiB before it collects, at any time: that says nothing of leaks. With these it collects early,
 * and what is left to grow is what the program keeps.
 */
const FLAGS = ['--max-semi-space-size=4', '--heap-growing-percent=10']

/** What a soak left. */
export type Soaked = {
  readonly rounds: number
  readonly voidRounds: number
  /** Times that a silo left, and that one came back. */
  readonly changes: number
  readonly series: readonly Series[]
}

/**
 * Plays many rounds while half of the silos come and go, and watches what every other process uses.
 * @throws {FaultError} PROCESS_FAILED when a process that stays ends, FAULT_TIMEOUT.
 */
export async function soak(options: {
  readonly silos: number
  readonly rounds: number
  readonly timeoutMs: number
  onRound(round: number): void
}): Promise<Soaked> {
  const { silos, rounds, timeoutMs, onRound } = options
  const minSilos = Math.ceil(silos / 2)
  const terms = { silos, rounds, minSilos, targetShare: 0.5, deadlineSeconds: 20 }
  const federation = await createFaultFederation(terms, { flags: FLAGS })
  const staying = [federation.aggregator, ...federation.silos.slice(0, minSilos)]
  const series = staying.map(({ name }): Series => ({ name, samples: [] }))
  const random = seededRandom(SEED)
  const end = performance.now() + timeoutMs
  let [changes, changedAt, said] = [0, performance.now(), 0]
  try {
    for (const one of federation.processes) one.start()
    while (federation.aggregator.isRunning()) {
      await sleep(SAMPLE_MS)
      const round = roundOf(federation)
      for (const [index, one] of staying.entries()) take(one, round, series[index])
      if (round > said) onRound(round)
      said = Math.max(said, round)
      if (round > 0 && performance.now() - changedAt > CHANGE_MS) {
        changedAt = performance.now()
        changes += await change(federation.silos.slice(minSilos), random())
      }
      if (performance.now() > end) {
        throw new FaultError(`round ${round} of ${rounds} at the end of the time`, {
          code: 'FAULT_TIMEOUT',
        })
      }
    }
    for (const one of staying) await endedWell(one)
    return { ...countRounds(federation), changes, series }
  } finally {
    await federation.remove()
  }
}

function take(one: CliProcess, round: number, series: Series | undefined): void {
  const usage = one.usage()
  if (usage !== undefined) series?.samples.push({ round, ...usage })
}

/** One of them goes when it is there, and comes when it is not. */
async function change(silos: readonly CliProcess[], random: number): Promise<number> {
  const one = silos[Math.floor(random * silos.length)]
  if (one === undefined) return 0
  if (one.isRunning()) one.signal('SIGTERM')
  else one.start()
  return 1
}

async function endedWell(one: CliProcess): Promise<void> {
  const { code, signal } = await one.ended(END_MS)
  if (code === 0) return
  throw new FaultError(`${one.name}: ${signal ?? `exit ${code}`}: ${one.lastWords()}`, {
    code: 'PROCESS_FAILED',
  })
}

function countRounds({ stateOf }: Federation): { rounds: number; voidRounds: number } {
  const file = path.join(stateOf('aggregator'), JOURNAL_FILE)
  const journal = createJournal(file, { readOnly: true })
  try {
    const records = journal.records()
    const voidRounds = records.filter(({ state }) => state === 'void').length
    return { rounds: records.length, voidRounds }
  } finally {
    journal.close()
  }
}
