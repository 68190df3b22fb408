import type { AskedCategories } from './asked-columns.ts'
import { type CategoryCounts, SENT_PER_PLACE } from './category-counts.ts'
import { malformedPreprocessing } from './errors.ts'

/** @throws {PreprocessingError} PREPROCESSING_MALFORMED: other columns than asked for, or values that sendableCounts does not give. */
export function checkCounts(
  counts: readonly CategoryCounts[],
  asked: readonly AskedCategories[],
  maxRows: number,
): void {
  checkColumns(counts, asked)
  for (const [index, { values }] of counts.entries()) {
    const { floor, max } = asked[index] as AskedCategories
    checkAscending(values.map(({ value }) => value))
    if (values.length > max * SENT_PER_PLACE) throw malformedPreprocessing('too many categories')
    if (values.some(({ count }) => count % floor !== 0)) {
      throw malformedPreprocessing(`a count of a category that is no multiple of ${floor}`)
    }
    if (values.reduce((sum, { count }) => sum + count, 0) > maxRows) {
      throw malformedPreprocessing(`categories of more than ${maxRows} rows`)
    }
  }
}

/** @throws {PreprocessingError} PREPROCESSING_MALFORMED: other columns than asked for, or categories that mergeCounts does not give. */
export function checkCategories(
  found: readonly { readonly name: string; readonly values: readonly string[] }[],
  asked: readonly AskedCategories[],
): void {
  checkColumns(found, asked)
  for (const [index, { values }] of found.entries()) {
    checkAscending(values)
    if (values.length > (asked[index] as AskedCategories).max) {
      throw malformedPreprocessing('more categories than there is room for')
    }
  }
}

function checkColumns(
  found: readonly { readonly name: string }[],
  asked: readonly AskedCategories[],
): void {
  const isAsked =
    found.length === asked.length && found.every((one, i) => one.name === asked[i]?.name)
  if (!isAsked)
    throw malformedPreprocessing('categories of other columns than the manifest asks for')
}

function checkAscending(texts: readonly string[]): void {
  if (texts.every((text, i) => i === 0 || text > (texts[i - 1] as string))) return
  throw malformedPreprocessing('categories that are not in ascending order, each once')
}
