import { createEngine } from '../packages/engine/src/index.ts'
import { hasSharedData } from '../test/lab/data/shared-data.ts'
import { type Played, playAlliance } from './alliance/play.ts'
import { playInProcesses } from './alliance/play-in-processes.ts'
import { MISCHIEF, type Mischief } from './alliance/players.ts'
import type { BenchRow } from './rows.ts'

const ROUNDS = 20
const MALICIOUS = [2, 4] as const
const NODES = 8
const WEI = 1e18

/**
 * An alliance of eight on MNIST, 20 rounds, median, stakes of 10,000 tokens, a pool of 20,000: accuracy of its last model, the mean of
 * `--seeds N` plays and the least of them, and what the poorest honest and the richest malicious node of all plays won or lost, in tokens.
 * `--only CASE` for one, `--long` with a process for each node.
 */
export async function run({
  only,
  seeds = 1,
  long = false,
}: {
  readonly only?: string
  readonly seeds?: number
  readonly long?: boolean
}): Promise<readonly BenchRow[]> {
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
    const plays: Played[] = []
    for (let seed = 1; seed <= seeds; seed += 1) {
      const play = { rounds: ROUNDS, mischief, malicious, seed }
      plays.push(await (long ? playInProcesses : playAlliance)(engine, play))
    }
    rows.push(...rowsOf(plays, malicious).map((row) => ({ case: name, ...row })))
  }
  return rows
}

function rowsOf(plays: readonly Played[], malicious: number): Omit<BenchRow, 'case'>[] {
  const accuracies = plays.map(({ accuracy }) => accuracy)
  const tokens = plays.map(({ gains }) => gains.map((gain) => Number(gain) / WEI))
  const honest = tokens.flatMap((gains) => gains.slice(0, NODES - malicious))
  const others = tokens.flatMap((gains) => gains.slice(NODES - malicious))
  const mean = accuracies.reduce((sum, one) => sum + one, 0) / accuracies.length
  return [
    { metric: 'accuracy', value: mean, unit: '' },
    { metric: 'accuracy_least', value: Math.min(...accuracies), unit: '' },
    { metric: 'honest_min_gain', value: Math.min(...honest), unit: 'FDN' },
    ...(malicious === 0
      ? []
      : [{ metric: 'malicious_max_gain', value: Math.max(...others), unit: 'FDN' }]),
  ]
}
