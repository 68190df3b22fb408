import { createEngine } from '../packages/engine/src/index.ts'
import { ATTACK_CASES } from '../test/lab/attack-cases.ts'
import { hasSharedData } from '../test/lab/data/shared-data.ts'
import { digitsWorld, type Split } from '../test/lab/digits-world.ts'
import { robustStrategies } from '../test/lab/robust-strategies.ts'
import { simulateFederation } from '../test/lab/simulate.ts'
import type { BenchRow } from './rows.ts'

const SILOS = 10

/** Every strategy against every attack: three of ten, on rows that are alike and on skewed ones; and one of ten, which is what Bulyan bears. */
const TABLES: readonly { readonly split: Split; readonly attackers: number }[] = [
  { split: 'even', attackers: 3 },
  { split: 'skewed', attackers: 3 },
  { split: 'even', attackers: 1 },
]

/** Accuracy after ten rounds on MNIST, per split, number of attackers, strategy and attack; `clean` is without attackers. */
export async function run(): Promise<readonly BenchRow[]> {
  if (!hasSharedData('mnist')) {
    console.error('attacks: ../shared/data/mnist is not on this machine')
    return []
  }
  const rows: BenchRow[] = []
  for (const table of TABLES) rows.push(...(await tableRows(table)))
  return rows
}

async function tableRows({
  split,
  attackers,
}: (typeof TABLES)[number]): Promise<readonly BenchRow[]> {
  const engine = await createEngine({ backend: 'wasm' })
  const world = digitsWorld(engine, { silos: SILOS, split })
  const rows: BenchRow[] = []
  for (const strategy of robustStrategies(SILOS, attackers)) {
    for (const { label, attack } of [{ label: 'clean', attack: undefined }, ...ATTACK_CASES]) {
      const spoiled = attack === undefined ? {} : { attack, attackers }
      const { rounds } = await simulateFederation({ ...world, strategy, ...spoiled })
      rows.push({
        case: `${split}-${attackers}of${SILOS}/${strategy.name}/${label}`,
        metric: 'accuracy',
        value: rounds.at(-1)?.accuracy ?? 0,
        unit: '',
      })
    }
  }
  return rows
}
