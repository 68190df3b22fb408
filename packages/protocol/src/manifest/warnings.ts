import { categoryWarnings } from './category-warnings.ts'
import { isMeasured } from './is-measured.ts'
import type { OwnRows, PlanWarning } from './plan-warning.ts'
import { rowWarnings } from './row-warnings.ts'
import { stepWarnings } from './step-warnings.ts'
import type { Manifest } from './types.ts'

const TINY_COHORT = 3

/**
 * What could leak if a silo follows this plan: only what attacks in the literature have shown, see docs/SECURITY.md.
 * @param own - the silo's usable rows, when known.
 */
export function planWarnings(manifest: Manifest, own?: OwnRows): readonly PlanWarning[] {
  return [
    ...stepWarnings(manifest, own),
    ...cohortWarnings(manifest),
    ...wordWarnings(manifest),
    ...categoryWarnings(manifest),
    ...personalWarnings(manifest),
    ...(own === undefined ? [] : rowWarnings(manifest, own)),
  ]
}

function cohortWarnings({ rounds }: Manifest): PlanWarning[] {
  if (rounds.minSilos >= TINY_COHORT) return []
  const text =
    rounds.minSilos === 1
      ? 'a round may have one silo only: the published model is then its update'
      : 'a round may have two silos only: each can compute the update of the other'
  return [{ code: 'PLAN_TINY_COHORT', severity: 'warn', text }]
}

/** The federator measures with the personal layers of the given model, since no silo's ever leave it. */
function personalWarnings({ training, contribution }: Manifest): PlanWarning[] {
  const { personal = [] } = training
  if (personal.length === 0 || !isMeasured(contribution)) return []
  const text = `what you add is measured with ${personal.join(', ')} as given, not as you train them: a silo may be worth more or less than what it is paid for`
  return [{ code: 'PLAN_MEASURED_AS_GIVEN', severity: 'warn', text }]
}

/** Training moves the vectors of the words that occur, and no other (Melis et al. 2019). */
function wordWarnings({ model }: Manifest): PlanWarning[] {
  if (!model.layers.some(({ className }) => className === 'Embedding')) return []
  const text =
    'an update shows which words (by their buckets) occur in your texts, also those in one text only'
  return [{ code: 'PLAN_WORDS_SHOW', severity: 'warn', text }]
}
