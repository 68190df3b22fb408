import { dataError, listed, quoted } from './data-error.ts'
import type { ColumnObserver } from './observe-column.ts'

/** Classes that a label column may have to be taken for one. */
const MAX_LABEL_CLASSES = 100

/** Range and scale of a label that is a number. @throws {UserError} DATA_BAD_LABEL for words, and for one value only. */
export function checkNumbers(
  observer: ColumnObserver,
  { file, label }: { readonly file: string; readonly label: string },
) {
  const kind = observer.kind()
  if (kind !== 'integer' && kind !== 'number')
    throw dataError(
      'DATA_BAD_LABEL',
      `${file}: label ${quoted(label)} is not a number in every row`,
      {
        hint: 'Words are predicted with  --task classification.',
      },
    )
  const rules = observer.numbers()
  if (rules.scale === undefined) throw constantLabel(observer, { file, label })
  return rules
}

/** The classes of a label, in order. @throws {UserError} DATA_BAD_LABEL for too many values, and for one only. */
export function checkClasses(
  observer: ColumnObserver,
  { file, label }: { readonly file: string; readonly label: string },
): readonly string[] {
  const classes = observer.texts(MAX_LABEL_CLASSES)
  if (classes === undefined)
    throw dataError(
      'DATA_BAD_LABEL',
      `${file}: label ${quoted(label)} has more than ${MAX_LABEL_CLASSES} different values`,
      { hint: 'Classification needs a column with few values; name another with --label.' },
    )
  if (classes.length < 2) throw constantLabel(observer, { file, label })
  return classes
}

/** A label with which there is nothing to learn. */
export function constantLabel(
  observer: ColumnObserver,
  { file, label }: { readonly file: string; readonly label: string },
) {
  const values = observer.texts(1) ?? []
  const count = values.length === 1 ? '1 value' : `${values.length} values`
  return dataError(
    'DATA_BAD_LABEL',
    `${file}: label ${quoted(label)} has ${count}: ${listed(values)}`,
    { hint: 'There is nothing to tell apart; name another column with --label.' },
  )
}
