import { dataError, listed, quoted } from './data-error.ts'

/**
 * Where columns stand in a file's header.
 * @throws {UserError} DATA_MISSING_COLUMN naming all that are not there.
 */
export function findColumns(
  names: readonly string[],
  { header, file }: { readonly header: readonly string[]; readonly file: string },
): readonly number[] {
  const missing = [...new Set(names)].filter((name) => !header.includes(name))
  if (missing.length === 0) return names.map((name) => header.indexOf(name))
  const what =
    missing.length === 1
      ? `there is no column ${quoted(missing[0] as string)}`
      : `there are no columns ${missing.map(quoted).join(', ')}`
  throw dataError('DATA_MISSING_COLUMN', `${file}: ${what}`, {
    hint: `The file has: ${listed(header)}. Rename a column, or check that this is the right file.`,
  })
}
