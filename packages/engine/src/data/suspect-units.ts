import type { ColumnSpec } from '@fednode/protocol'
import type { ColumnReader } from './column-reader.ts'
import { quoted } from './data-error.ts'

/** A column whose numbers fit its range when they are divided by `factor`. */
export type UnitSuspicion = {
  readonly column: string
  /** 1,000 or 1/1,000. */
  readonly factor: number
  readonly text: string
}

/** Columns whose median lies outside their range by a thousand. */
export function suspectUnits(
  columns: readonly { readonly spec: ColumnSpec; readonly reader: ColumnReader }[],
): readonly UnitSuspicion[] {
  return columns.flatMap(({ spec, reader }) => {
    const factor = reader.unitFactor()
    return factor === undefined ? [] : [suspicion(spec, factor)]
  })
}

function suspicion({ name, unit }: ColumnSpec, factor: number): UnitSuspicion {
  const expected =
    unit === undefined ? 'the range of the manifest' : `${unit}, as the manifest asks`
  const remedy = factor > 1 ? 'Divide by 1,000' : 'Multiply by 1,000'
  const text = `column ${quoted(name)} is probably in another unit than ${expected}. ${remedy}?`
  return { column: name, factor, text }
}
