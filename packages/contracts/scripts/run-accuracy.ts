import { startAnvil } from '../src/anvil.ts'
import { type Accuracy, type AccuracyOptions, measureAccuracy } from './accuracy.ts'
import { balancerMargin, PEER_DIRECTIONS } from './balancer-margin.ts'
import { createHarness } from './harness.ts'

/** Compiles PoolMath as it is deployed, runs it on a chain of its own and measures it; beside it Balancer's margin on the same points. */
export async function runAccuracy(
  options: AccuracyOptions,
): Promise<{ readonly ours: readonly Accuracy[]; readonly peer: readonly Accuracy[] }> {
  const anvil = await startAnvil()
  try {
    const ours = await measureAccuracy(await createHarness(anvil.rpcUrl), options)
    const peer = await measureAccuracy(balancerMargin, { ...options, directions: PEER_DIRECTIONS })
    return { ours, peer }
  } finally {
    await anvil.stop()
  }
}
