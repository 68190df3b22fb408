import { UserError } from '@fednode/protocol'

/** A result has no place where it was to be written; CANNOT_WRITE (usage). */
export function cannotWrite(file: string, cause: unknown): UserError {
  const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
  return new UserError('usage', `--out ${file}: cannot be written (${why})`, {
    code: 'CANNOT_WRITE',
    hint: 'Give a place where this user may write.',
    cause,
  })
}
