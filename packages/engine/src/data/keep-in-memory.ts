import { dataError } from './data-error.ts'
import { createGrowingRows } from './growing-rows.ts'
import type { KeptInMemory, RowBuffer, RowKeeper } from './row-buffer.ts'
import type { FeatureValues } from './row-file.ts'

/** Features of one data set: 1 GiB. */
const MAX_MEMORY_BYTES = 1_073_741_824

/** Keeps all rows in memory. Its buffers throw UserError DATA_TOO_LARGE. */
export const keepInMemory: RowKeeper<KeptInMemory> = {
  floats: (width, name) => memoryBuffer((length) => new Float32Array(length), { width, name }),
  bytes: (width, name) => memoryBuffer((length) => new Uint8Array(length), { width, name }),
  adopt: (features) => ({ features }),
}

function memoryBuffer<Row extends FeatureValues>(
  create: (length: number) => Row,
  { width, name }: { readonly width: number; readonly name: string },
): RowBuffer<Row, KeptInMemory> {
  const memory = createGrowingRows(create, { width, maxBytes: MAX_MEMORY_BYTES })
  return {
    next() {
      const room = memory.next()
      if (room !== undefined) return room
      throw dataError(
        'DATA_TOO_LARGE',
        `${name}: more than ${memory.count} rows of ${width} features`,
        {
          hint: `In memory there may be ${MAX_MEMORY_BYTES} bytes of features, 4 a number: give fewer rows, or a query that draws some of them.`,
        },
      )
    },
    keep: memory.keep,
    finish: () => ({ kept: { features: memory.rows().slice() }, count: memory.count }),
  }
}
