import { statSync } from 'node:fs'
import { UserError } from '../errors.ts'

/** Any access of the group or of others. */
const WIDER = 0o077

/**
 * Refuses a file or directory that others on the machine may read or write (T42). Modes mean nothing on Windows: no check there.
 * @throws {UserError} data NOT_PRIVATE, with the command that mends it.
 */
export function checkPrivateMode(path: string): void {
  const stat = statSync(path)
  const mode = stat.mode & 0o777
  if ((mode & WIDER) === 0) return
  const wanted = stat.isDirectory() ? '700' : '600'
  throw new UserError(
    'data',
    `${path}: others on this machine may access it (mode ${mode.toString(8)})`,
    { code: 'NOT_PRIVATE', hint: `chmod ${wanted} ${path}` },
  )
}
