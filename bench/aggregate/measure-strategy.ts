/** Child process of bench/aggregate.ts: aggregates the files of a folder with one strategy and prints CPU seconds and peak memory. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { aggregate } from '../../packages/aggregator/src/strategies/aggregate.ts'
import type { UpdateSource } from '../../packages/aggregator/src/strategies/types.ts'
import { cpuSeconds } from './cpu-seconds.ts'
import { fileSource } from './update-files.ts'

const [folder = '', strategy = '', lengthText = ''] = process.argv.slice(2)
const length = Number(lengthText)
const [base = '', ...updates] = readdirSync(folder).map((name) => path.join(folder, name))

const before = cpuSeconds()
await aggregate(
  // Our parent's: a spec.
  JSON.parse(strategy),
  {
    base: fileSource(base, length),
    updates: updates.map((file, i) => ({
      ...fileSource(file, length),
      silo: `silo-${i}` as UpdateSource['silo'],
      samples: 100 + i,
      steps: 10 + i,
    })),
    state: new Map(),
    localLearningRate: 0.1,
    clients: updates.length,
  },
  // What is kept for the next round goes nowhere: its writing is the disk's speed, not the strategy's.
  () => ({ write: () => {} }),
)
const seconds = cpuSeconds() - before
process.stdout.write(JSON.stringify({ seconds, peakBytes: peakMemory() }))

/** Peak resident memory (VmHWM), Linux only. */
function peakMemory(): number {
  const status = readFileSync('/proc/self/status', 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1_024
}
