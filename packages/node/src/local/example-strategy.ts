import { defaultStrategy, type StrategyName, type StrategySpec } from '@fednode/protocol'

/** A strategy at its defaults, told how many of how many silos attack where it asks for that. */
export function exampleStrategy(
  name: StrategyName,
  { silos, attackers }: { readonly silos: number; readonly attackers: number },
): StrategySpec {
  const strategy = defaultStrategy(name)
  if (attackers === 0) return strategy
  switch (strategy.name) {
    case 'trimmed-mean':
      return { ...strategy, trim: attackers / silos }
    case 'krum':
    case 'multi-krum':
    case 'bulyan':
      return { ...strategy, attackers }
    default:
      return strategy
  }
}
