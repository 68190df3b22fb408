/**
 * Child process of bench/aggregate.ts: copies `count` vectors of `length` f32 from memory to memory and prints CPU seconds. Ten vectors
 * are copied in turn, so that they fit into no cache, like the updates.
 */
import process from 'node:process'
import { cpuSeconds } from './cpu-seconds.ts'

const VECTORS = 10
const [lengthText = '', countText = ''] = process.argv.slice(2)
const length = Number(lengthText)

// Touched before: the system gives memory page by page when it is first written.
const vectors = (): Float32Array[] =>
  Array.from({ length: VECTORS }, (_, i) => new Float32Array(length).fill(i + 1))
const [sources, targets] = [vectors(), vectors()]
const before = cpuSeconds()
for (let i = 0; i < Number(countText); i++)
  targets[i % VECTORS]?.set(sources[i % VECTORS] ?? new Float32Array(length))
process.stdout.write(JSON.stringify({ seconds: cpuSeconds() - before }))
