import { createEngine } from '../packages/engine/src/index.ts'
import { ATTACK_CASES } from '../test/lab/attack-cases.ts'
import { hasSharedData } from '../test/lab/data/shared-data.ts'
import { digitsWorld, type Split } from '../test/lab/digits-world.ts'
import { robustStrategies } from '../test/lab/robust-strategies.ts'
import { simulateFederation } from '../test/lab/simulate.ts'
import type { BenchRow } from './rows.ts'

const SILOS = 10

const ATTACKERS = 3

/** Silos that are alike, as the papers assume, and silos that are not. */
const TABLES: readonly Split[] = ['even', 'skewed']

/** Accuracy after ten rounds on MNIST with three attackers of ten, per split, strategy and attack; `clean` is without attackers. */
export async function run(): Promise<readonly BenchRow[]> {
  if (!hasSharedData('mnist')) {
    console.error('attacks: ../shared/data/mnist is not on this machine')
    return []
  }
  const rows: BenchRow[] = []
  for (const split of TABLES) rows.push(...(await tableRows(split)))
  return rows
}

async function tableRows(split: Split): Promise<readonly BenchRow[]> {
  const engine = await createEngine({ backend: 'wasm' })
  const world = digitsWorld(engine, { silos: SILOS, split })
  const rows: BenchRow[] = []
  for (const strategy of robustStrategies(SILOS, ATTACKERS)) {
    for (const { label, attack } of [{ label: 'clean', attack: undefined }, ...ATTACK_CASES]) {
      const spoiled = attack === undefined ? {} : { attack, attackers: ATTACKERS }
      const { rounds } = await simulateFederation({ ...world, strategy, ...spoiled })
      rows.push({
        case: `${split}/${strategy.name}/${label}`,
        metric: 'accuracy',
        value: rounds.at(-1)?.metrics.accuracy ?? 0,
        unit: '',
      })
    }
  }
  return rows
}
