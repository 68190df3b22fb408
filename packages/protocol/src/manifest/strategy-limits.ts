import type { StrategySpec } from './types.ts'

/**
 * Fewest updates with which a strategy bears the attackers that its manifest names: 2f + 3 for Krum and Multi-Krum (Blanchard et al.
 * 2017, arXiv 1703.02757), 4f + 3 for Bulyan (El Mhamdi et al. 2018, arXiv 1802.07927); 1 for all others.
 */
export function minimumSilos(strategy: StrategySpec): number {
  if (!('attackers' in strategy) || strategy.attackers === undefined) return 1
  return (strategy.name === 'bulyan' ? 4 : 2) * strategy.attackers + 3
}
