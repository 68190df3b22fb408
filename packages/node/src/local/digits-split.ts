import { createHash } from 'node:crypto'
import { flipLabels, partitionBySkew } from '@fednode/engine'
import type { SiloName } from '@fednode/protocol'
import { DIGIT_SHAPE, type Digits } from './digits.ts'
import type { DigitsLayout } from './digits-layout.ts'

/** Rows held back for the aggregator. */
export const HELD_OUT = 2_000

const CLASSES = 10
const PIXELS = DIGIT_SHAPE[0] * DIGIT_SHAPE[1]

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
 * The example's split: HELD_OUT rows for the aggregator, the rest for the silos as the layout says. The same seed gives the same split,
 * and the same held-out rows whatever the layout.
 */
export function splitDigits(
  digits: Digits,
  { seed, layout }: { readonly seed: number; readonly layout: DigitsLayout },
): DigitsSplit {
  const order = seededOrder(digits.count, seed)
  const pool = pick(digits, order.slice(HELD_OUT))
  const parts = partitionBySkew({
    labels: Int32Array.from(pool.labels),
    classes: CLASSES,
    sizes: siloSizes(digits.count - HELD_OUT, layout),
    alpha: layout.alpha,
    seed,
  })
  return {
    validation: pick(digits, order.slice(0, HELD_OUT)),
    silos: layout.silos.map(({ name, flippedShare }, index) => {
      const rows = pick(pool, parts[index] ?? [])
      if (flippedShare === 0) return { ...rows, name, flippedShare }
      const wrong = flipLabels({
        labels: Int32Array.from(rows.labels),
        share: flippedShare,
        classes: CLASSES,
        seed,
      })
      return { ...rows, labels: Uint8Array.from(wrong), name, flippedShare }
    }),
  }
}

/** The last silo takes what rounding leaves. */
function siloSizes(rows: number, { silos }: DigitsLayout): readonly number[] {
  const parts = silos.reduce((sum, { size }) => sum + size, 0)
  const sizes = silos.slice(0, -1).map(({ size }) => Math.floor((rows * size) / parts))
  return [...sizes, rows - sizes.reduce((sum, size) => sum + size, 0)]
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
