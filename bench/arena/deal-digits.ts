import type { Dataset } from '../../packages/engine/src/index.ts'
import { loadMnist } from '../../test/lab/data/mnist.ts'
import { pickRows, splitDigits } from '../../test/lab/split-digits.ts'
import { type Cast, JUDGED } from './cast.ts'

/** Nearly the same digits for all. */
const ALPHA = 1_000
const HELD_OUT = 1_000

/** Digits of each member of a cast, nobody's the same, and 1,000 of other writers that nobody has. */
export function dealDigits({ cast, seed }: { readonly cast: Cast; readonly seed: number }): {
  readonly members: readonly Dataset[]
  readonly validation: Dataset
} {
  const { train, test } = loadMnist()
  const sizes = [...cast.nodes, ...cast.validators.map(() => JUDGED)]
  const most = Math.max(...sizes)
  const dealt = splitDigits(train, { silos: sizes.length, rowsPerSilo: most, alpha: ALPHA, seed })
  const step = Math.floor(test.count / HELD_OUT)
  return {
    members: dealt.map((rows, at) => firstOf(rows, sizes[at] ?? 0)),
    validation: pickRows(
      test,
      Array.from({ length: HELD_OUT }, (_, row) => row * step),
    ),
  }
}

function firstOf(rows: Dataset, count: number): Dataset {
  return pickRows(
    rows,
    Array.from({ length: count }, (_, row) => row),
  )
}
