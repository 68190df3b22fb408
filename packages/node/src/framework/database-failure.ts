/** What is wrong with the disk below a database, by the low byte of SQLite's result code (https://sqlite.org/rescode.html). */
const MEANINGS: Readonly<Record<number, { readonly code: string; readonly meaning: string }>> = {
  8: { code: 'EROFS', meaning: 'it is read-only' },
  10: { code: 'EIO', meaning: 'the disk does not read or write it' },
  11: { code: 'DATABASE_CORRUPT', meaning: 'it is damaged; restore it from a backup' },
  13: { code: 'ENOSPC', meaning: 'the disk is full' },
  14: {
    code: 'DATABASE_UNREADABLE',
    meaning: 'it cannot be opened: is the disk full or read-only?',
  },
}

/** What a database says about the machine and not about us; undefined for everything else. */
export function databaseFailureOf(
  error: unknown,
): { readonly code: string; readonly message: string } | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  const found = MEANINGS[Number(error.errcode) & 0xff]
  if (found === undefined) return undefined
  const { code, meaning } = found
  const message = `a database in the data directory (${error.message}): ${meaning}`
  return { code, message }
}
