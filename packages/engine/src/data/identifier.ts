import type { ColumnObserver } from './observe-column.ts'

/** Words in a column's name that say it names a person or a case. */
const IDENTIFYING = new Set([
  'id',
  'ids',
  'uid',
  'uuid',
  'guid',
  'pid',
  'key',
  'ssn',
  'mrn',
  'nhs',
  'nino',
  'insurance',
  'passport',
  'licence',
  'license',
  'iban',
  'email',
  'mail',
  'phone',
  'telephone',
  'mobile',
  'fax',
  'address',
  'street',
  'zip',
  'zipcode',
  'postcode',
  'plz',
  'birth',
  'birthdate',
  'birthday',
  'birthyear',
  'dob',
  'dateofbirth',
  'barcode',
  'surname',
  'firstname',
  'lastname',
  'fullname',
  'username',
  'ip',
  'url',
  'latitude',
  'longitude',
])
/** Columns that name a person only when they are called nothing else. */
const WHOLE_NAMES = new Set([
  'name',
  'patient',
  'subject',
  'person',
  'customer',
  'client',
  'user',
  'participant',
  'member',
  'case',
])
/** "first name", "customer name". */
const NAME_OF = new Set([
  'first',
  'last',
  'full',
  'middle',
  'maiden',
  'family',
  'given',
  'patient',
  'customer',
  'client',
  'user',
  'person',
])
const MIN_ROWS = 20
const MIN_DIGITS = 5

/** Why a column should not be learned from because it may name people or cases; undefined when it looks harmless. */
export function identifyingReason(name: string, column: ColumnObserver): string | undefined {
  if (hasIdentifyingName(name)) return 'its name is one of an identifier'
  const kind = column.kind()
  const isText = kind === 'words' || kind === 'prose'
  if (!column.isUnique() || column.filled() < MIN_ROWS) return undefined
  if (isText) return 'every row has another text, as identifiers do'
  return kind === 'integer' && looksNumbered(column)
    ? 'every row has another whole number, as identifiers do'
    : undefined
}

function hasIdentifyingName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  const [only = ''] = words
  if (words.length === 1 && WHOLE_NAMES.has(only)) return true
  if (words.includes('name') && words.some((word) => NAME_OF.has(word))) return true
  return words.some((word) => IDENTIFYING.has(word))
}

/** A running number, or numbers with as many digits each. */
function looksNumbered(column: ColumnObserver): boolean {
  const { min, max } = column.lengths()
  const { min: least = 0, max: most = 0 } = column.extremes()
  return most - least + 1 === column.filled() || (min === max && min >= MIN_DIGITS)
}
