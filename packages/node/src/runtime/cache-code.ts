import { mkdirSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { cacheDirectory } from './cache-directory.ts'

/**
 * Keeps compiled code under the user's own cache directory: a process of a federation starts in two thirds of the time (measured: 410
 * instead of 650 ms) and 15 MB smaller.
 */
export function cacheCode(env: Readonly<Record<string, string | undefined>>): void {
  try {
    const directory = path.join(cacheDirectory(env), 'code')
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    enableCompileCache(directory)
  } catch {
    // A read-only home, or none, costs only time.
  }
}
