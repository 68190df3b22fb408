import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { ValueSink, ValueSource } from '../strategies/types.ts'

/** What all vectors of a round may take in memory, in bytes; those above it go to files. */
const MEMORY_BYTES = 268_435_456
const FLOAT_BYTES = 4

/** A vector that is written once, in any order, and then read. */
export type PooledVector = ValueSource & ValueSink

/** Vectors of one round as long as it is worked on: in memory while they fit, in files of their own beyond that. */
export type VectorPool = {
  /** A vector of zeros. */
  create(length: number): PooledVector
  /** Frees memory and removes the files. Idempotent. */
  close(): void
}

/** @param directory - where the files go, in a folder of their own; need not be there before one is needed. */
export function createVectorPool(
  directory: string,
  { memoryBytes = MEMORY_BYTES }: { readonly memoryBytes?: number } = {},
): VectorPool {
  let used = 0
  let folder: string | undefined
  const files: number[] = []
  return {
    create(length) {
      used += length * FLOAT_BYTES
      if (used <= memoryBytes) return memoryVector(length)
      folder ??= mkdtempSync(path.join(directory, 'round-'))
      const file = openSync(path.join(folder, String(files.length)), 'wx+', 0o600)
      files.push(file)
      return fileVector(file, length)
    },
    close() {
      for (const file of files.splice(0)) closeSync(file)
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
      folder = undefined
    },
  }
}

/** A vector that is there already. */
export function memorySource(values: Float32Array): ValueSource {
  return {
    length: values.length,
    read: (start, target) => target.set(values.subarray(start, start + target.length)),
  }
}

function memoryVector(length: number): PooledVector {
  const values = new Float32Array(length)
  return { ...memorySource(values), write: (start, from) => values.set(from, start) }
}

function fileVector(file: number, length: number): PooledVector {
  return {
    length,
    read(start, target) {
      const bytes = bytesOf(target)
      let done = 0
      while (done < bytes.length) {
        const count = readSync(file, bytes, done, bytes.length - done, start * FLOAT_BYTES + done)
        // Never written: zeros, as in memory.
        if (count === 0) return void bytes.fill(0, done)
        done += count
      }
    },
    write(start, from) {
      const bytes = bytesOf(from)
      let done = 0
      while (done < bytes.length) {
        done += writeSync(file, bytes, done, bytes.length - done, start * FLOAT_BYTES + done)
      }
    },
  }
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
