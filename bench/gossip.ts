import { startGroup } from './gossip/group.ts'
import type { BenchRow } from './rows.ts'

const PEERS = 64
const PROCESSES = 4
const MESSAGES = 40

/**
 * Time from the publication of a signed RoundOpen to its delivery at each of the other 63 peers: real hosts in a few processes on one
 * machine, first from the aggregator, to whom all are connected, then from a silo, whose message goes from neighbour to neighbour. In the
 * same run: the same bytes written to 63 open TCP sockets of those processes. p50 and p99 are over all deliveries; max_ms is the slowest
 * one: after it, every peer had every message.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const group = await startGroup({ peers: PEERS, processes: PROCESSES })
  try {
    const cases = [
      ['64-peers', 'aggregator'],
      ['64-peers-from-a-silo', 'silo'],
      ['63-tcp-sockets', 'tcp'],
    ] as const
    const rows: BenchRow[] = []
    for (const [name, from] of cases)
      rows.push(...rowsOf(name, await group.measure(from, MESSAGES)))
    return rows
  } finally {
    group.stop()
  }
}

/** @param latencies - ms of every delivery, and how many there should have been. */
function rowsOf(
  name: string,
  { latencies, expected }: { readonly latencies: readonly number[]; readonly expected: number },
): readonly BenchRow[] {
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
  const row = (metric: string, value: number, unit: string): BenchRow => ({
    case: name,
    metric,
    value: Number(value.toPrecision(3)),
    unit,
  })
  return [
    row('p50_ms', at(0.5), 'ms'),
    row('p99_ms', at(0.99), 'ms'),
    row('max_ms', at(1), 'ms'),
    row('delivered', sorted.length / expected, 'x'),
  ]
}
