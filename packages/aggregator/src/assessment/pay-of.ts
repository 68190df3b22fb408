import { sharesOf, toPico } from '@fednode/protocol'

/**
 * What values earn: max(value, 0), normalised to 1e9; nothing for anybody when all gains together are below `minimumGain`.
 * @param valuesPico - in 1e-12, one per silo.
 * @param minimumGain - in the utility's unit, manifest.contribution.minimumGain.
 */
export function payOf(valuesPico: readonly number[], minimumGain = 0): readonly number[] {
  const gained = valuesPico.reduce((sum, value) => sum + Math.max(value, 0), 0)
  return gained < toPico(minimumGain) ? valuesPico.map(() => 0) : sharesOf(valuesPico)
}
