import type { FeatureValues, RowFile } from '../data/row-file.ts'

/** What is distributed, and where to. */
export type ScatterOptions = {
  readonly file: RowFile
  /** Rows in the file. */
  readonly count: number
  /** Rows in the order of the windows, each at most once; the others are left out. */
  readonly order: Uint32Array
  readonly windowRows: number
  /** Takes the rows of the first window. */
  readonly first: FeatureValues
  /** Takes those of all others, window w from row w * windowRows on. Needed where there is more than one. */
  readonly scratch: RowFile | undefined
  /** Ends it early, with windows that are not complete. */
  readonly signal: AbortSignal | undefined
}

/** Where rows of one window gather until there are enough to be written. */
type Basket = {
  readonly rows: FeatureValues
  /** Rows in it. */
  held: number
  /** Row of the scratch file where the next one is written. */
  next: number
}

/** Rows that are read at once. */
const BLOCK_BYTES = 1_048_576
/** Memory of all baskets together, and of one at most. */
const BASKETS_BYTES = 16_777_216
const BASKET_BYTES = 1_048_576
/** Number of the window of a row that is in none, and of the first one. */
const NONE = 0
const FIRST = 1
const SHORT_NUMBERS = 65_536

/** Reads a file once and puts every row into its window; there rows are in the order of the file. */
export async function scatterRows(options: ScatterOptions): Promise<void> {
  const { file, count, first, scratch, signal } = options
  const { width } = file
  const windows = windowNumbers(options)
  const baskets = createBaskets(options)
  const block = file.allocate(Math.max(1, Math.floor(BLOCK_BYTES / file.rowBytes)))
  const blockRows = block.length / width
  let taken = 0
  for (let start = 0; start < count && !signal?.aborted; start += blockRows) {
    const numbers = windows.subarray(start, start + blockRows)
    // Of a pass that ends after some steps most rows are not needed.
    if (numbers.every((number) => number === NONE)) continue
    await file.read(start, block.subarray(0, numbers.length * width))
    for (let i = 0; i < numbers.length; i++) {
      const row = block.subarray(i * width, (i + 1) * width)
      const basket = baskets[(numbers[i] as number) - FIRST - 1]
      if (numbers[i] === FIRST) first.set(row, taken++ * width)
      if (basket === undefined) continue
      basket.rows.set(row, basket.held++ * width)
      if (basket.held * width === basket.rows.length) await empty(basket, scratch)
    }
  }
  for (const basket of baskets) await empty(basket, scratch)
}

/** The window of every row of the file, from FIRST. */
function windowNumbers({ count, order, windowRows }: ScatterOptions): Uint16Array | Uint32Array {
  const last = FIRST + Math.ceil(order.length / windowRows)
  const numbers = last < SHORT_NUMBERS ? new Uint16Array(count) : new Uint32Array(count)
  for (let place = 0; place < order.length; place++)
    numbers[order[place] as number] = FIRST + Math.floor(place / windowRows)
  return numbers
}

/** One for every window but the first. */
function createBaskets({ file, order, windowRows }: ScatterOptions): readonly Basket[] {
  const length = Math.max(0, Math.ceil(order.length / windowRows) - 1)
  const bytes = Math.min(BASKET_BYTES, BASKETS_BYTES / Math.max(1, length))
  const rows = Math.max(1, Math.floor(bytes / file.rowBytes))
  return Array.from({ length }, (_, i) => ({
    rows: file.allocate(rows),
    held: 0,
    next: (i + 1) * windowRows,
  }))
}

async function empty(basket: Basket, scratch: RowFile | undefined): Promise<void> {
  const { rows, held, next } = basket
  if (held === 0 || scratch === undefined) return
  await scratch.write(next, rows.subarray(0, held * scratch.width))
  basket.next += held
  basket.held = 0
}
