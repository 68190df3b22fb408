import { MAX_AGREED_CATEGORIES } from '../limits.ts'
import { askedStatistics } from '../preprocessing/asked-columns.ts'
import { issueAt, type ManifestIssue } from './issue.ts'
import type { Manifest } from './types.ts'

/** What is wrong between the statistics step of a manifest and its data. */
export function checkPreprocessing(manifest: Manifest): readonly ManifestIssue[] {
  const { data, preprocessing } = manifest
  if (preprocessing === undefined) return checkUnasked(manifest)
  const { standardise, impute } = preprocessing
  if (data.kind !== 'table' && data.kind !== 'series') {
    const expected = `nothing: data of kind ${data.kind} has no columns`
    return [issueAt(['preprocessing'], preprocessing, expected)]
  }
  const { categories } = askedStatistics(manifest)
  if (!standardise && !impute && categories.length === 0) {
    const expected = 'standardise or impute to be true, or a column with maxCategories'
    return [issueAt(['preprocessing'], preprocessing, expected)]
  }
  if (!impute || (data.kind === 'table' && data.missingRows === 'impute')) {
    return checkAgreed(manifest)
  }
  const expected = 'false, unless data.missingRows of a table is impute'
  return [issueAt(['preprocessing', 'impute'], true, expected)]
}

/** Categories that nobody would find. */
function checkUnasked({ data }: Manifest): readonly ManifestIssue[] {
  if (data.kind !== 'table') return []
  return data.columns.flatMap(({ maxCategories, categories }, index) =>
    maxCategories === undefined || categories !== undefined
      ? []
      : [
          issueAt(
            ['data', 'columns', index, 'maxCategories'],
            maxCategories,
            'preprocessing in the manifest, where silos agree on them, or categories beside it',
          ),
        ],
  )
}

function checkAgreed(manifest: Manifest): readonly ManifestIssue[] {
  const { preprocessing, rounds } = manifest
  const { categories } = askedStatistics(manifest)
  const path = ['preprocessing', 'categories']
  const [first] = categories
  if (first === undefined) {
    if (preprocessing?.categories === undefined) return []
    return [issueAt(path, preprocessing.categories, 'nothing: no column has maxCategories alone')]
  }
  const room = categories.reduce((sum, { max }) => sum + max, 0)
  if (room > MAX_AGREED_CATEGORIES) {
    const expected = `maxCategories of all columns to be at most ${MAX_AGREED_CATEGORIES} together`
    return [issueAt(['data', 'columns'], room, expected)]
  }
  if (first.silos <= rounds.maxSilos) return []
  const expected = `at most rounds.maxSilos, which is ${rounds.maxSilos}`
  return [issueAt([...path, 'minimumSilos'], first.silos, expected)]
}
