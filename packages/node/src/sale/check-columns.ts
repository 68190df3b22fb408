import { type DataSpec, printable, UserError } from '@fednode/protocol'

/** Columns of a file whose values a provider gets for its predictions; none for arrays. */
export function columnsSent(data: DataSpec): readonly string[] {
  switch (data.kind) {
    case 'array':
      return []
    case 'text':
      return [data.column]
    default:
      return data.columns.map(({ name }) => name)
  }
}

/**
 * A provider says by its manifest which columns its model reads, and may say another tomorrow: whoever lets a script buy says which it may
 * have.
 * @param allowed - undefined: a person looks at them.
 * @throws {UserError} refused OTHER_COLUMNS.
 */
export function checkColumns(data: DataSpec, allowed: readonly string[] | undefined): void {
  const others = columnsSent(data).filter((name) => allowed?.includes(name) === false)
  if (others.length === 0) return
  const named = others.map((name) => printable(name)).join(', ')
  throw new UserError(
    'refused',
    `the provider's model also reads ${named}, which --columns does not have`,
    { code: 'OTHER_COLUMNS', hint: 'Nothing was sent. Ask its owner why it asks for them.' },
  )
}
