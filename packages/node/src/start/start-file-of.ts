import path from 'node:path'
import type { StartPlace } from './open-start.ts'

/** The file that --start names. */
export function startFileOf(shown: string | undefined, cwd: string): StartPlace['file'] {
  return shown === undefined ? undefined : { shown, path: path.resolve(cwd, shown) }
}
