import { type AttackSpec, craftUpdate } from '../../packages/engine/src/index.ts'
import type { Weights } from '../../packages/protocol/src/index.ts'
import type { SimulatedUpdate, SimulationOptions } from './simulation.ts'

/** The silos of a simulated federation that do not play by the rules. */
export type Attackers = {
  /** The round's updates with those of the attackers replaced. */
  spoil(
    honest: readonly SimulatedUpdate[],
    base: Weights,
    round: number,
  ): readonly SimulatedUpdate[]
}

const SEEDS_PER_ROUND = 1_000

/** Whether this silo is one of the last `attackers` ones. */
export function isAttacker(
  silo: number,
  { silos, attack, attackers = 0 }: Pick<SimulationOptions, 'silos' | 'attack' | 'attackers'>,
): boolean {
  return attack !== undefined && silo >= silos.length - attackers
}

export function createAttackers(options: SimulationOptions): Attackers {
  const { attack } = options
  const sentBefore = new Map<number, Float32Array>()
  if (attack === undefined) return { spoil: (honest) => honest }
  return {
    spoil(honest, base, round) {
      const colluders = honest.filter(({ silo }) => isAttacker(silo, options))
      const known = colluders.map(({ weights }) => weights.values)
      return honest.map((update) => {
        const { silo, weights } = update
        if (!isAttacker(silo, options)) return update
        const before = sentBefore.get(silo)
        const values = craft(attack, options, {
          base: base.values,
          own: weights.values,
          colluders: known,
          seed: round * SEEDS_PER_ROUND + silo,
          ...(before === undefined ? {} : { sentBefore: before }),
        })
        if (before === undefined) sentBefore.set(silo, values)
        return { ...update, weights: { ...weights, values } }
      })
    },
  }
}

function craft(
  attack: AttackSpec,
  { silos, largestNorm }: SimulationOptions,
  known: Omit<Parameters<typeof craftUpdate>[1], 'silos' | 'largestNorm'>,
): Float32Array {
  const limit = largestNorm === undefined ? {} : { largestNorm }
  return craftUpdate(attack, { ...known, ...limit, silos: silos.length })
}
