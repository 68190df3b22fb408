import { isForbiddenKey } from '../codec/forbidden-keys.ts'
import type { ColumnSpec, SeriesData, TabularData } from './data-types.ts'
import { issueAt, type ManifestIssue } from './issue.ts'
import type { Manifest } from './types.ts'

/** What is wrong between the columns of a table or a series. */
export function checkColumns({
  data,
  preprocessing,
}: Pick<Manifest, 'data' | 'preprocessing'>): readonly ManifestIssue[] {
  if (data.kind !== 'table' && data.kind !== 'series') return []
  const { columns, label, group = [] } = data
  const features = columns.map(({ name }) => name)
  // What a series predicts may be among what it is predicted from, earlier.
  const names = data.kind === 'series' ? features : [...features, ...labelColumns(label)]
  return [
    ...checkUnique(['data', 'columns'], names),
    ...checkUnique(['data', 'group'], group),
    ...[...names, ...labelColumns(label), ...group]
      .filter(isForbiddenKey)
      .map((name) => issueAt(['data', 'columns'], name, 'another name')),
    ...columns.flatMap((column, index) => checkColumn(column, ['data', 'columns', index])),
    ...(data.kind === 'series' ? [...columns.flatMap(checkReading), ...checkChange(data)] : []),
    // The statistics step finds means.
    ...(data.kind === 'table' && preprocessing === undefined ? checkImputed(data) : []),
  ]
}

function labelColumns(label: TabularData['label']): readonly string[] {
  if (label === undefined) return []
  return 'time' in label ? [label.time, label.event] : [label.column]
}

/** A step of a series is made of numbers. */
function checkReading({ type }: ColumnSpec, index: number): readonly ManifestIssue[] {
  if (type !== 'category') return []
  return [issueAt(['data', 'columns', index, 'type'], type, '"number" or "integer" in a series')]
}

/** A change is one from the last reading, which has to be there. */
function checkChange({ columns, label, changeScale }: SeriesData): readonly ManifestIssue[] {
  if (changeScale === undefined || columns.some(({ name }) => name === label.column)) return []
  const expected = 'one of the columns: with changeScale its last reading is what it changes from'
  return [issueAt(['data', 'label', 'column'], label.column, expected)]
}

function checkImputed({ columns, missingRows }: TabularData): readonly ManifestIssue[] {
  if (missingRows !== 'impute') return []
  return columns.flatMap(({ type, impute, scale }, index) =>
    type === 'category' || impute !== undefined || scale !== undefined
      ? []
      : [
          issueAt(
            ['data', 'columns', index],
            'neither',
            'impute or scale, because missingRows is impute',
          ),
        ],
  )
}

/** An issue for the first text that occurs twice. */
export function checkUnique(
  path: readonly PropertyKey[],
  texts: readonly string[],
): readonly ManifestIssue[] {
  const repeated = texts.find((text, index) => texts.indexOf(text) !== index)
  return repeated === undefined ? [] : [issueAt(path, repeated, 'every name once')]
}

function checkColumn(column: ColumnSpec, path: readonly PropertyKey[]): readonly ManifestIssue[] {
  const { type, categories, min, max, scale, impute } = column
  const issues: ManifestIssue[] = [...checkCategories(column, path)]
  if (type === 'category' && (min ?? max ?? scale ?? impute) !== undefined) {
    issues.push(issueAt(path, column, 'no min, max, scale or impute in a category column'))
  }
  if (min !== undefined && max !== undefined && min > max) {
    issues.push(issueAt([...path, 'min'], min, `at most max, which is ${max}`))
  }
  return [...issues, ...checkUnique([...path, 'categories'], categories ?? [])]
}

function checkCategories(
  { type, categories, maxCategories }: ColumnSpec,
  path: readonly PropertyKey[],
): readonly ManifestIssue[] {
  const at = (key: string, value: unknown, expected: string) => [
    issueAt([...path, key], value, expected),
  ]
  if (type !== 'category') {
    const expected = `none in a column of type ${type}`
    if (categories !== undefined) return at('categories', categories, expected)
    return maxCategories === undefined ? [] : at('maxCategories', maxCategories, expected)
  }
  if (maxCategories === undefined) {
    if (categories === undefined) {
      return at('categories', undefined, 'the categories of this column, or maxCategories')
    }
    return categories.length < 2 ? at('categories', categories, 'two categories or more') : []
  }
  if (categories === undefined || categories.length <= maxCategories) return []
  return at('maxCategories', maxCategories, `at least ${categories.length}, the categories given`)
}
