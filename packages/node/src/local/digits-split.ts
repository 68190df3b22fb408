import { createHash } from 'node:crypto'
import { flipLabels, partitionBySkew } from '@fednode/engine'
import type { SiloName } from '@fednode/protocol'
import { DIGIT_SHAPE, type Digits } from './digits.ts'

/** Rows held back for the aggregator. */
export const HELD_OUT = 2_000
/** Concentration of the Dirichlet label skew: at 0.5 most silos see few of some digits (Hsu et al. 2019). */
export const SKEW_ALPHA = 0.5
/** Share of one silo's labels that are made wrong. */
export const FLIPPED_SHARE = 0.4

const CLASSES = 10
const PIXELS = DIGIT_SHAPE[0] * DIGIT_SHAPE[1]
const SILOS = ['silo-a', 'silo-b', 'silo-c', 'silo-d', 'silo-e'] as SiloName[]
const FLIPPED = 'silo-d'
const SMALL = 'silo-e'
const SMALL_FACTOR = 0.1

/** Rows of one participant, ready for a file. */
export type DigitRows = { readonly pixels: Uint8Array; readonly labels: Uint8Array }

/** What the example gives to each process. */
export type DigitsSplit = {
  readonly validation: DigitRows
  readonly silos: readonly (DigitRows & {
    readonly name: SiloName
    readonly flippedShare: number
  })[]
}

/**
 * The example's split: HELD_OUT rows for the aggregator, the rest by label skew over five silos, of which one has a tenth of the
 * others' rows and one has FLIPPED_SHARE of its labels replaced by wrong ones. The same seed gives the same split.
 */
export function splitDigits(digits: Digits, seed: number): DigitsSplit {
  const order = seededOrder(digits.count, seed)
  const pool = pick(digits, order.slice(HELD_OUT))
  const parts = partitionBySkew({
    labels: Int32Array.from(pool.labels),
    classes: CLASSES,
    sizes: siloSizes(digits.count - HELD_OUT),
    alpha: SKEW_ALPHA,
    seed,
  })
  return {
    validation: pick(digits, order.slice(0, HELD_OUT)),
    silos: SILOS.map((name, index) => {
      const rows = pick(pool, parts[index] ?? [])
      if (name !== FLIPPED) return { ...rows, name, flippedShare: 0 }
      const wrong = flipLabels({
        labels: Int32Array.from(rows.labels),
        share: FLIPPED_SHARE,
        classes: CLASSES,
        seed,
      })
      return { ...rows, labels: Uint8Array.from(wrong), name, flippedShare: FLIPPED_SHARE }
    }),
  }
}

function siloSizes(rows: number): readonly number[] {
  const parts = SILOS.length - 1 + SMALL_FACTOR
  const size = Math.floor(rows / parts)
  const small = rows - size * (SILOS.length - 1)
  return SILOS.map((name) => (name === SMALL ? small : size))
}

/** Positions 0 to count - 1 in the order of SHA-256(seed, position): a shuffle that needs no generator. */
function seededOrder(count: number, seed: number): readonly number[] {
  const keys = Array.from({ length: count }, (_, index) => ({
    index,
    key: createHash('sha256').update(`${seed}:${index}`).digest('hex'),
  }))
  return keys.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ index }) => index)
}

function pick(from: DigitRows, positions: readonly number[] | Int32Array): DigitRows {
  const pixels = new Uint8Array(positions.length * PIXELS)
  const labels = new Uint8Array(positions.length)
  for (const [row, position] of positions.entries()) {
    pixels.set(from.pixels.subarray(position * PIXELS, (position + 1) * PIXELS), row * PIXELS)
    labels[row] = from.labels[position] ?? 0
  }
  return { pixels, labels }
}
