import type { WasmMemory } from '@fednode/engine'
import type { ValueSource } from '../strategies/types.ts'
import { instantiate, type Kernel } from './instantiate.ts'
import { CELL_BYTES, CELL_COLUMNS } from './kernels/cells.ts'
import { gatherCells } from './kernels/gather-cells.ts'
import { meanNearMedian } from './kernels/mean-near-median.ts'
import { meanOfCells } from './kernels/mean-of-cells.ts'
import { sortCells } from './kernels/sort-cells.ts'
import { layOut } from './slice-memory.ts'
import { ROW_BYTES } from './slice-values.ts'
import { sortingNetwork } from './sorting-network.ts'

/**
 * Which of the values of one coordinate are averaged, by their order: all but `drop` at each end (trimmed mean; the median drops as many
 * as it can), or the `keep` that are nearest to the median.
 */
export type Selection =
  | { readonly kind: 'trimmed'; readonly drop: number }
  | { readonly kind: 'near-median'; readonly keep: number }

/** Chooses and averages values coordinate by coordinate; sums run in f64 from the smallest value up. */
export type Selector = {
  /**
   * @param sources - 1 to `most` vectors.
   * @returns f32 means of the chosen values, valid until the next call; all NaN when a value is not finite.
   */
  readonly selectSlice: (
    sources: readonly ValueSource[],
    selection: Selection,
    slice: { readonly start: number; readonly count: number },
  ) => Float32Array
}

/** What is done for one number of vectors and one selection. */
type Program = {
  readonly network: Int32Array
  readonly firstRow: number
  readonly mean: Kernel
}

/** Makes a selector for up to `most` vectors. */
export function createSelector(most: number): Selector {
  const { memory, at, floats } = layOut({
    rows: most * ROW_BYTES,
    out: ROW_BYTES,
    cells: most * CELL_BYTES,
    check: 16,
    comparators: 8 * sortingNetwork(most, 0, most).length,
  })
  const kernel = instantiate(memory, [gatherCells, sortCells])
  const [gather, sort] = [kernel('gatherCells'), kernel('sortCells')]
  const check = floats(at.check, 4)
  const programs = new Map<string, Program>()
  const programOf = (rows: number, selection: Selection): Program => {
    const key = JSON.stringify([rows, selection])
    const program = programs.get(key) ?? programFor(rows, selection, memory)
    programs.set(key, program)
    return program
  }
  const selectColumns = (
    { network, firstRow, mean }: Program,
    rows: number,
    offset: number,
  ): void => {
    gather(at.cells, at.rows + offset, at.rows + rows * ROW_BYTES, at.check)
    const end = at.comparators + network.byteLength
    if (network.length > 0) sort(at.cells, at.comparators, end)
    mean(at.out + offset, at.cells + firstRow * CELL_BYTES)
  }
  return {
    selectSlice: (sources, selection, { start, count }) => {
      const program = programOf(sources.length, selection)
      const { network } = program
      new Int32Array(memory.buffer, at.comparators, network.length).set(network)
      check.fill(0)
      sources.forEach((source, i) => {
        const row = floats(at.rows + i * ROW_BYTES, paddedCount(count))
        source.read(start, row.subarray(0, count))
        row.fill(0, count)
      })
      for (let column = 0; column < count; column += CELL_COLUMNS)
        selectColumns(program, sources.length, 4 * column)
      const out = floats(at.out, count)
      // Sorting may lose a NaN: then nobody shall take the slice for a model.
      return check.every((value) => value === 0) ? out : out.fill(Number.NaN)
    },
  }
}

function programFor(rows: number, selection: Selection, memory: WasmMemory): Program {
  const [from, to] =
    selection.kind === 'trimmed' ? [selection.drop, rows - selection.drop] : [0, rows]
  const network = sortingNetwork(rows, from, to).flat()
  const mean =
    selection.kind === 'trimmed' ? meanOfCells(to - from) : meanNearMedian(rows, selection.keep)
  return {
    network: Int32Array.from(network, (row) => row * CELL_BYTES),
    firstRow: from,
    mean: instantiate(memory, [mean])(mean.name),
  }
}

function paddedCount(count: number): number {
  return CELL_COLUMNS * Math.ceil(count / CELL_COLUMNS)
}
