import { isForbiddenKey } from '../codec/forbidden-keys.ts'
import { issueAt, type ManifestIssue } from './issue.ts'
import type { ColumnSpec, TabularData } from './types.ts'

/** What is wrong between the columns of a table. */
export function checkColumns({ columns, label }: TabularData): readonly ManifestIssue[] {
  const names = [...columns.map(({ name }) => name), label.column]
  return [
    ...checkUnique(['data', 'columns'], names),
    ...names
      .filter(isForbiddenKey)
      .map((name) => issueAt(['data', 'columns'], name, 'another name')),
    ...columns.flatMap((column, index) => checkColumn(column, ['data', 'columns', index])),
  ]
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
  const { type, categories, min, max, scale } = column
  const issues: ManifestIssue[] = []
  if (type === 'category' && categories === undefined) {
    issues.push(issueAt([...path, 'categories'], undefined, 'the categories of this column'))
  }
  if (type !== 'category' && categories !== undefined) {
    issues.push(issueAt([...path, 'categories'], categories, `none in a column of type ${type}`))
  }
  if (type === 'category' && (min ?? max ?? scale) !== undefined) {
    issues.push(issueAt(path, column, 'no min, max or scale in a category column'))
  }
  if (min !== undefined && max !== undefined && min > max) {
    issues.push(issueAt([...path, 'min'], min, `at most max, which is ${max}`))
  }
  return [...issues, ...checkUnique([...path, 'categories'], categories ?? [])]
}
