import { type AskedCategories, askedStatistics } from '../preprocessing/asked-columns.ts'
import type { ExplainedLine } from './explain.ts'
import type { Manifest } from './types.ts'

/** What leaves a silo once, before round 1, in plain words; nothing without preprocessing. */
export function explainStatistics(manifest: Manifest): readonly ExplainedLine[] {
  const { columns, label, floor, categories } = askedStatistics(manifest)
  const what = [...columns, ...(label ? ['the label'] : [])]
  const texts = [
    ...(what.length === 0
      ? []
      : [
          `count, mean and sum of squares of ${what.join(', ')}, each over ${floor} values or more; the federator reads them, everybody gets the pooled mean and deviation`,
        ]),
    ...explainCategories(categories, manifest),
  ]
  return texts.map((text) => ({ label: 'Leaves here once', text }))
}

/** All columns have the same floors. */
function explainCategories(
  categories: readonly AskedCategories[],
  { data }: Manifest,
): readonly string[] {
  const [first] = categories
  if (first === undefined) return []
  const names = categories.map(({ name }) => name).join(', ')
  const unit = 'group' in data && data.group !== undefined ? 'groups' : 'rows'
  const silos = first.silos === 1 ? '1 silo' : `${first.silos} silos`
  return [
    `the values of ${names} that ${first.floor} ${unit} or more have, with their number in steps of ${first.floor}; the federator reads them, everybody gets the most frequent ones that ${silos} sent; all others are one category, "other"`,
  ]
}
