import { createEngine } from '../packages/engine/src/index.ts'
import { hasSharedData } from '../test/lab/data/shared-data.ts'
import { playAlliance } from './alliance/play.ts'
import { MISCHIEF, type Mischief } from './alliance/players.ts'
import type { BenchRow } from './rows.ts'

const ROUNDS = 20
const MALICIOUS = [2, 4] as const
const NODES = 8
const WEI = 1e18

/**
 * An alliance of eight on MNIST, 20 rounds, median, stakes of 10,000 tokens, a pool of 20,000: accuracy of its last model, and what the
 * poorest honest and the richest malicious node won or lost in tokens. `--only CASE` for one.
 */
export async function run({ only }: { readonly only?: string }): Promise<readonly BenchRow[]> {
  if (!hasSharedData('mnist')) {
    console.error('alliance: ../shared/data/mnist is not on this machine')
    return []
  }
  const engine = await createEngine({ backend: 'wasm' })
  const rows: BenchRow[] = []
  const cases: readonly (readonly [Mischief | undefined, number])[] = [
    [undefined, 0],
    ...MISCHIEF.flatMap((one) => MALICIOUS.map((count) => [one, count] as const)),
  ]
  for (const [mischief, malicious] of cases) {
    const name = `${mischief ?? 'clean'}/${malicious}`
    if (only !== undefined && only !== name) continue
    const { accuracy, gains } = await playAlliance(engine, {
      rounds: ROUNDS,
      mischief,
      malicious,
    })
    const tokens = gains.map((gain) => Number(gain) / WEI)
    const add = (metric: string, value: number, unit: string) =>
      rows.push({ case: name, metric, value, unit })
    add('accuracy', accuracy, '')
    add('honest_min_gain', Math.min(...tokens.slice(0, NODES - malicious)), 'FDN')
    if (malicious > 0) {
      add('malicious_max_gain', Math.max(...tokens.slice(NODES - malicious)), 'FDN')
    }
  }
  return rows
}
