import type { DataSpec, SeriesData } from '@fednode/protocol'
import type { Features, StreamedFeatures } from '../types.ts'
import { keepOnDisk, type RowRoom } from './keep-on-disk.ts'
import { type ReadableData, readDataset } from './read-dataset.ts'
import { refuseUnusable } from './refuse-unusable.ts'
import type { DataReport } from './report.ts'

/** Rows to predict for. */
export type LoadedFeatures = {
  readonly rows: Features | StreamedFeatures
  /** Where each stands in the file, from 1; of a window its last reading. */
  readonly rowNumbers: Uint32Array
  /** As DataReading. */
  readonly changesFrom?: Float64Array
  readonly report: DataReport
}

/**
 * Reads rows as a silo's training does, but asks for no label: what is to be predicted need not be there. Columns that only group rows
 * are not asked for either, but for those that name one series. A series gives a window for every reading that has enough before it.
 * @param room - as loadTrainingRows.
 * @throws {UserError} as loadTrainingRows.
 */
export async function loadFeatures(
  source: string,
  data: DataSpec,
  room: RowRoom,
): Promise<LoadedFeatures> {
  const keeper = keepOnDisk(room)
  try {
    const reading = await readDataset(source, withoutLabel(data), keeper)
    refuseUnusable(reading, data)
    const { dataset, report } = reading
    const { targets: _targets, groups: _groups, ...rows } = dataset
    const rowNumbers =
      reading.rowNumbers ?? Uint32Array.from({ length: rows.count }, (_, row) => row + 1)
    const { changesFrom } = reading
    return { rows, rowNumbers, report, ...(changesFrom && { changesFrom }) }
  } catch (error) {
    keeper.release()
    throw error
  }
}

function withoutLabel(data: DataSpec): ReadableData {
  switch (data.kind) {
    case 'array':
      return { kind: 'array', shape: data.shape }
    case 'table': {
      const { label: _label, group: _group, ...table } = data
      return table
    }
    case 'text': {
      const { label: _, ...texts } = data
      return texts
    }
    case 'series':
      return upToNow(data)
  }
}

/** Windows end with what is there: their own last reading stands for the one that is to come. */
function upToNow(data: SeriesData): SeriesData {
  // A series has at least one column.
  const column = data.columns[0]?.name as string
  const { changeScale, label } = data
  return { ...data, horizon: 0, label: changeScale === undefined ? { column } : label }
}
