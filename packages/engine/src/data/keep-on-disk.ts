import { createGrowingRows } from './growing-rows.ts'
import type { KeptInFile, KeptInMemory, RowBuffer, RowKeeper } from './row-buffer.ts'
import { createRowFile, type FeatureValues, type RowFile, type RowFileOptions } from './row-file.ts'

/** How much of a data set may be in memory, and where the rest goes. */
export type RowRoom = {
  /** Features of a data set stay in memory up to so many bytes; of larger ones all go to a file. */
  readonly memoryBytes: number
  /** Folder for that file, which has no name there. */
  readonly directory: string
}

/** A keeper that knows the files it made. */
export type DiskKeeper = RowKeeper<KeptInMemory | KeptInFile> & {
  /** Closes them, when what was read cannot be used. */
  release(): void
}

/** What a pass over a file takes at once; larger windows save little. */
const MAX_WINDOW_BYTES = 33_554_432
/** Part of the memory that a window takes where that is little. */
const WINDOW_SHARE = 1 / 4
const BLOCK_BYTES = 1_048_576

/** Keeps rows in memory while they are few, and in a file otherwise. Its buffers throw as RowFile does. */
export function keepOnDisk({ memoryBytes, directory }: RowRoom): DiskKeeper {
  const files: RowFile[] = []
  const windowBytes = Math.min(MAX_WINDOW_BYTES, memoryBytes * WINDOW_SHARE)
  const open = (options: Pick<RowFileOptions, 'width' | 'name' | 'type'>): RowFile => {
    const file = createRowFile({ ...options, directory, windowBytes })
    files.push(file)
    return file
  }
  return {
    floats: (width, name) =>
      spillingBuffer((length) => new Float32Array(length), {
        ...{ width, maxBytes: memoryBytes },
        open: () => open({ width, name, type: 'float32' }),
      }),
    bytes: (width, name) =>
      spillingBuffer((length) => new Uint8Array(length), {
        ...{ width, maxBytes: memoryBytes },
        open: () => open({ width, name, type: 'uint8' }),
      }),
    adopt(rows, width, name) {
      if (rows.byteLength <= memoryBytes) return { features: rows }
      const file = open({ width, name, type: 'uint8' })
      file.writeNow(0, rows)
      return { file }
    },
    release() {
      for (const file of files) file.close()
    },
  }
}

function spillingBuffer<Row extends FeatureValues>(
  create: (length: number) => Row,
  options: { readonly width: number; readonly maxBytes: number; readonly open: () => RowFile },
): RowBuffer<Row, KeptInMemory | KeptInFile> {
  let memory = createGrowingRows(create, options)
  let block: FileBlock<Row> | undefined
  return {
    next() {
      const room = block === undefined ? memory.next() : block.next()
      if (room !== undefined) return room
      block = createFileBlock(create, options.open())
      block.take(memory.rows())
      // All that was in memory can go.
      memory = createGrowingRows(create, { ...options, maxBytes: 0 })
      return block.next()
    },
    keep: () => (block ?? memory).keep(),
    finish() {
      if (block !== undefined) return block.finish()
      return { kept: { features: memory.rows().slice() }, count: memory.count }
    },
  }
}

/** The rows at the end of a file that is being written. */
type FileBlock<Row> = RowBuffer<Row, KeptInFile> & { take(rows: Row): void }

function createFileBlock<Row extends FeatureValues>(
  create: (length: number) => Row,
  file: RowFile,
): FileBlock<Row> {
  const { width } = file
  const capacity = Math.max(1, Math.floor(BLOCK_BYTES / file.rowBytes))
  const block = create(capacity * width)
  let written = 0
  let held = 0
  const write = (rows: FeatureValues): void => {
    file.writeNow(written, rows)
    written += rows.length / width
  }
  const empty = (): void => {
    write(block.subarray(0, held * width))
    held = 0
  }
  return {
    take: write,
    next() {
      if (held === capacity) empty()
      const room = block.subarray(held * width, (held + 1) * width)
      room.fill(0)
      // A part of a typed array is of its own type.
      return room as Row
    },
    keep() {
      held++
    },
    finish() {
      empty()
      return { kept: { file }, count: written }
    },
  }
}
