import type { TextData } from '@fednode/protocol'
import { dataError } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import type { DataReading } from './data-reading.ts'
import { findColumns } from './find-columns.ts'
import { createLabelReader } from './label-reader.ts'
import { createNumberList } from './number-list.ts'
import type { RowKeeper } from './row-buffer.ts'
import { openTable } from './table-reader.ts'
import { createViolations } from './violations.ts'
import { writeTokens } from './write-tokens.ts'

/** Texts, of which those that are to be predicted have no label yet. */
export type TextRows = Omit<TextData, 'label'> & Partial<Pick<TextData, 'label'>>

/**
 * Reads texts and their classes: the first words of each text as ids, see writeTokens.
 * @throws {UserError} as loadTable.
 */
export async function loadText<Kept extends object>(
  file: DataFile,
  data: TextRows,
  keeper: RowKeeper<Kept>,
): Promise<DataReading<Kept>> {
  const table = await openTable(file)
  try {
    const violations = createViolations()
    const label = createLabelReader(data.label, violations)
    const names = [data.column, ...label.columns]
    const [textIndex = 0, labelIndex = 0] = findColumns(names, {
      header: table.columns,
      file: file.name,
    })
    const buffer = keeper.floats(data.tokens, file.name)
    const rowNumbers = createNumberList((length) => new Uint32Array(length))
    let rows = 0
    for await (const chunk of table.chunks()) {
      const texts = chunk.column(textIndex)
      const labels = chunk.column(labelIndex)
      for (let i = 0; i < chunk.rows; i++) {
        rows++
        if (!label.read([labels[i] ?? ''], rows)) continue
        writeTokens(texts[i] ?? '', data.buckets, buffer.next())
        buffer.keep()
        rowNumbers.add(rows)
        label.keep()
      }
    }
    if (rows === 0) throw dataError('DATA_NO_ROWS', `${file.name} has a header but no rows`)
    const { kept, count } = buffer.finish()
    const { targets, ...labels } = label.finish()
    return {
      dataset: { count, featureShape: [data.tokens], ...kept, featureScale: 1, targets },
      report: { file: file.name, rows, used: count, dropped: rows - count, columns: [], ...labels },
      violations,
      rowNumbers: rowNumbers.finish(),
      suspicions: [],
    }
  } finally {
    await table.close()
  }
}
