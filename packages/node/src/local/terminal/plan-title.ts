import { countWeights, featureShapeOf } from '@fednode/protocol'
import { countText } from '../../framework/number-text.ts'
import type { FederationPlan } from '../plan.ts'

/** The first line of a run: what happens. */
export function planTitle({ manifest, silos }: FederationPlan): string {
  const weights = countText(countWeights(manifest.model, featureShapeOf(manifest.data)))
  const rounds = many(manifest.rounds.count, 'round')
  return `Local federation "${manifest.name}": ${many(silos.length, 'silo')}, ${rounds}, ${weights} weights, ${manifest.contribution.estimator} values`
}

function many(count: number, thing: string): string {
  return `${countText(count)} ${thing}${count === 1 ? '' : 's'}`
}
