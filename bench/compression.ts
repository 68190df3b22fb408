import process from 'node:process'
import { normal } from '../packages/engine/src/normal.ts'
import { createRandom } from '../packages/engine/src/random.ts'
import {
  type CompressionSpec,
  decodeUpdate,
  encodeUpdate,
  encodeWeights,
  type Weights,
} from '../packages/protocol/src/index.ts'
import type { BenchRow } from './rows.ts'

/** A Dense layer of 16 MB and its bias. */
const SPECS = [
  { name: 'dense_1/kernel', shape: [2_048, 2_048] },
  { name: 'dense_1/bias', shape: [2_048] },
]
const WEIGHT_COUNT = 2_048 * 2_048 + 2_048
const KINDS: readonly CompressionSpec[] = [
  { kind: 'none' },
  { kind: 'fp16' },
  { kind: 'int8' },
  { kind: 'top-k', ratio: 0.1 },
  { kind: 'top-k', ratio: 0.01 },
]
const REPETITIONS = 5

/**
 * Size of a compressed update as a part of the plain one, what it adds to the error of the change, ||decoded - trained|| / ||trained -
 * base||, and speed in MB/s of plain weights. Seconds are CPU time; medians.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const base = gaussianWeights(1, 0.05)
  const change = gaussianWeights(2, 0.002)
  const values = base.values.map((value, i) => value + (change.values[i] as number))
  const weights: Weights = { specs: SPECS, values }
  return KINDS.flatMap((compression) => measure(compression, { base, weights }))
}

function measure(
  compression: CompressionSpec,
  { base, weights }: { readonly base: Weights; readonly weights: Weights },
): BenchRow[] {
  const name = compression.kind === 'top-k' ? `top-k-${compression.ratio}` : compression.kind
  const encoding = repeat(() => encodeUpdate({ weights, base, compression }).bytes)
  const bytes = encoding.result
  const decoding = repeat(() => decodeUpdate(bytes, base, compression))
  const megabytes = weights.values.byteLength / 1e6
  const row = (metric: string, value: number, unit: string): BenchRow => {
    return { case: name, metric, value: Number(value.toPrecision(3)), unit }
  }
  return [
    row('ratio', bytes.length / encodeWeights(weights).length, 'of plain'),
    row('relative_error', relativeError(decoding.result, { base, weights }), 'of change'),
    row('encode', megabytes / encoding.seconds, 'MB/s'),
    row('decode', megabytes / decoding.seconds, 'MB/s'),
  ]
}

function repeat<T>(work: () => T): { readonly result: T; readonly seconds: number } {
  // The first pass lets the compiler settle.
  let result = work()
  const times: number[] = []
  for (let i = 0; i < REPETITIONS; i++) {
    const started = process.threadCpuUsage()
    result = work()
    const { user, system } = process.threadCpuUsage(started)
    times.push((user + system) / 1e6)
  }
  return { result, seconds: times.sort((a, b) => a - b)[REPETITIONS >> 1] as number }
}

function relativeError(
  decoded: Weights,
  { base, weights }: { readonly base: Weights; readonly weights: Weights },
): number {
  let lost = 0
  let moved = 0
  weights.values.forEach((value, i) => {
    lost += (value - (decoded.values[i] as number)) ** 2
    moved += (value - (base.values[i] as number)) ** 2
  })
  return Math.sqrt(lost / moved)
}

function gaussianWeights(seed: number, deviation: number): Weights {
  const random = createRandom(seed)
  const values = Float32Array.from({ length: WEIGHT_COUNT }, () => deviation * normal(random))
  return { specs: SPECS, values }
}
