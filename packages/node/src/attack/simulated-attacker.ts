import { type AttackName, craftUpdate, mirrorTargets, type TrainingRows } from '@fednode/engine'
import type { Manifest, SiloName } from '@fednode/protocol'
import type { SpoilUpdate } from '../silo/spoil-update.ts'
import { trainSeed } from '../silo/train-seed.ts'
import { createCollusion } from './collusion.ts'

/** Attacks that are made of what all attackers trained. */
const COLLUDING: ReadonlySet<AttackName> = new Set(['alie', 'ipm'])
/** Share of a round's time that colluders wait for each other. */
const PATIENCE_SHARE = 0.25
const MS = 1_000

/** An attacker of the local simulator: who it is, what it does and with whom. */
export type AttackerOptions = {
  readonly attack: AttackName
  readonly silo: SiloName
  readonly manifest: Pick<Manifest, 'seed' | 'rounds' | 'limits'>
  /** Attackers of the federation, this one among them. */
  readonly attackers: number
  /** Silos of the federation, attackers included; asked when an update is made. */
  silos(): number
  /** Folder through which the attackers of this run show each other their honest updates. */
  readonly folder: string
}

/** What an attacking silo does to its rows before training and to its update after it. */
export type SimulatedAttacker = {
  readonly spoilRows: <Rows extends TrainingRows>(data: Rows) => Rows
  readonly spoilUpdate: SpoilUpdate
}

/**
 * A silo that attacks, with everything else as in an honest one: it registers, trains, announces and is paid. What it sent first is
 * remembered for replays as long as the process lives.
 */
export function createSimulatedAttacker(options: AttackerOptions): SimulatedAttacker {
  const { attack, silo, manifest, attackers } = options
  const patienceMs = manifest.rounds.deadlineSeconds * PATIENCE_SHARE * MS
  const collusion = createCollusion({ ...options, colluders: attackers, patienceMs })
  let sentBefore: Float32Array | undefined
  return {
    spoilRows: (data) => (attack === 'label-flip' ? mirrorTargets(data) : data),
    async spoilUpdate({ round, base, trained }, signal) {
      const own = trained.values
      const values = craftUpdate(
        { name: attack },
        {
          base: base.values,
          own,
          colluders: COLLUDING.has(attack) ? await collusion.share(round, own, signal) : [own],
          ...(sentBefore === undefined ? {} : { sentBefore }),
          silos: options.silos(),
          largestNorm: manifest.limits.updateNorm,
          seed: trainSeed({ seed: manifest.seed, round, silo }),
        },
      )
      sentBefore ??= values
      return { ...trained, values }
    },
  }
}
