import type { RowBuffer, RowKeeper } from './row-buffer.ts'

/** Counts rows and forgets them: for those who only want to know what is wrong with a file, whatever its size. */
export const keepNothing: RowKeeper<object> = {
  floats: (width) => countingBuffer(new Float32Array(width)),
  bytes: (width) => countingBuffer(new Uint8Array(width)),
  adopt: () => ({}),
}

function countingBuffer<Row extends Float32Array | Uint8Array>(room: Row): RowBuffer<Row, object> {
  let count = 0
  return {
    next() {
      room.fill(0)
      return room
    },
    keep() {
      count++
    },
    finish: () => ({ kept: {}, count }),
  }
}
