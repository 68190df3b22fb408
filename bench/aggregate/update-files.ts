import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { ValueSource } from '../../packages/aggregator/src/strategies/types.ts'

const FLOAT_BYTES = 4
/** Values that every file is put together from. */
const PATTERN_VALUES = 1_048_576
/** Odd, so that no two files begin at the same place of the pattern. */
const STRIDE = 15_485_863

/** Writes files of `values` f32 each (finite, no two alike) and returns their paths. */
export function writeUpdateFiles(folder: string, count: number, values: number): string[] {
  const pattern = twice(noise(PATTERN_VALUES))
  return Array.from({ length: count }, (_, i) => {
    const file = path.join(folder, String(i))
    const handle = openSync(file, 'wx')
    for (let start = 0; start < values; start += PATTERN_VALUES) {
      const from = ((i + 1) * STRIDE + start * (i + 3)) % PATTERN_VALUES
      const part = pattern.subarray(from, from + Math.min(PATTERN_VALUES, values - start))
      writeSync(handle, bytesOf(part), 0, part.byteLength, start * FLOAT_BYTES)
    }
    closeSync(handle)
    return file
  })
}

/** A file of f32 values, read slice by slice; it stays open until the process ends. */
export function fileSource(file: string, length: number): ValueSource {
  const handle = openSync(file, 'r')
  return {
    length,
    read: (start, target) => {
      readSync(handle, bytesOf(target), 0, target.byteLength, start * FLOAT_BYTES)
    },
  }
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

/** Values between -1 and 1 from a linear congruential generator (Numerical Recipes, section 7.1). */
function noise(length: number): Float32Array {
  let state = 1
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 31 - 1
  })
}

function twice(values: Float32Array): Float32Array {
  const both = new Float32Array(2 * values.length)
  both.set(values)
  both.set(values, values.length)
  return both
}
