/**
 * Child process of bench/aggregate.ts: aggregates the files of a folder with one strategy, then copies as many bytes in memory. Prints
 * one JSON object.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { aggregate } from '../../packages/aggregator/src/strategies/aggregate.ts'
import type { UpdateSource } from '../../packages/aggregator/src/strategies/types.ts'
import { fileSource } from './update-files.ts'

const [folder = '', strategy = '', lengthText = ''] = process.argv.slice(2)
const length = Number(lengthText)
const files = readdirSync(folder).map((name) => path.join(folder, name))
const [base = '', ...updates] = files

const seconds = await timed(async () => {
  await aggregate(
    // Our parent: a spec.
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
})
// Before the copy takes its own memory.
const peakBytes = peakMemory()
const copySeconds = await timedCopy()
process.stdout.write(JSON.stringify({ seconds, copySeconds, peakBytes }))

/** From one buffer to another, both touched before, once per update. */
function timedCopy(): Promise<number> {
  const source = new Float32Array(length).fill(1)
  const target = new Float32Array(length).fill(2)
  return timed(() => {
    for (let i = 0; i < updates.length; i++) target.set(source)
  })
}

/** CPU seconds of this process: others on the machine count little. */
async function timed(work: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** Peak resident memory (VmHWM), Linux only. */
function peakMemory(): number {
  const status = readFileSync('/proc/self/status', 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1_024
}
