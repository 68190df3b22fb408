import { countWeights, featureShapeOf } from '@fednode/protocol'
import { countText } from '../../report/number-text.ts'
import type { FederationPlan } from '../plan.ts'

/** The first line of a run: what happens. */
export function planTitle({ manifest, silos }: FederationPlan): string {
  const weights = countText(countWeights(manifest.model, featureShapeOf(manifest.data)))
  const { count } = manifest.rounds
  return `Local federation "${manifest.name}": ${silos.length} silos, ${count} rounds, ${weights} weights, ${manifest.contribution.estimator} contributions`
}
