import { issueAt, type ManifestIssue } from './issue.ts'
import type { Manifest } from './types.ts'

/** What is wrong between the statistics step of a manifest and its data. */
export function checkPreprocessing({ data, preprocessing }: Manifest): readonly ManifestIssue[] {
  if (preprocessing === undefined) return []
  const { standardise, impute } = preprocessing
  if (data.kind !== 'table' && data.kind !== 'series') {
    const expected = `nothing: data of kind ${data.kind} has no columns`
    return [issueAt(['preprocessing'], preprocessing, expected)]
  }
  if (!standardise && !impute) {
    return [issueAt(['preprocessing'], preprocessing, 'standardise or impute to be true')]
  }
  if (!impute || (data.kind === 'table' && data.missingRows === 'impute')) return []
  const expected = 'false, unless data.missingRows of a table is impute'
  return [issueAt(['preprocessing', 'impute'], true, expected)]
}
