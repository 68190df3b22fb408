import { countWeights, featureShapeOf, type Manifest } from '@fednode/protocol'
import { countText } from '../../framework/number-text.ts'
import type { FederationPlan } from '../plan.ts'

/** The first line of a run: what happens. */
export function planTitle({ manifest, silos }: FederationPlan<Manifest>): string {
  const weights = countText(countWeights(manifest.model, featureShapeOf(manifest.data)))
  const rounds = many(manifest.rounds.count, 'round')
  const parts = [
    `${many(silos.length, 'silo')}${attackText(silos)}`,
    rounds,
    manifest.strategy.name,
    `${weights} weights`,
    `${manifest.contribution.estimator} values`,
  ]
  return `Local federation "${manifest.name}": ${parts.join(', ')}`
}

function attackText(silos: FederationPlan['silos']): string {
  const attackers = silos.filter(({ attack }) => attack !== undefined)
  const [first] = attackers
  return first?.attack === undefined ? '' : ` (${attackers.length} attack: ${first.attack})`
}

function many(count: number, thing: string): string {
  return `${countText(count)} ${thing}${count === 1 ? '' : 's'}`
}
