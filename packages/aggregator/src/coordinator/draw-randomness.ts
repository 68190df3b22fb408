import { drawSample } from '@fednode/protocol'
import { seedOf } from '../assessment/seed-of.ts'
import type { RoundRandomness } from '../journal/rounds.ts'
import type { Run } from './coordinator.ts'
import { deriveReveal } from './derive-reveal.ts'
import { openingBlock } from './opening-block.ts'

/**
 * Draws what the next round's seed is made of: the chain's head, and a secret that follows from it. Journaled before the round is
 * announced, so that no restart draws again. An aggregator could wait for a block that it likes before it opens a round, but then it knows
 * no update yet.
 */
export async function drawRandomness(run: Run): Promise<RoundRandomness> {
  const { deps, options } = run
  const block = await openingBlock(run)
  const { chainId, scenario } = options
  const round = deps.journal.lastClosedRound() + 1
  const reveal = deriveReveal(deps.peerKey, { chainId, scenario, round, block: block.hash })
  const { minSilos, sampleShare: share } = options.manifest.rounds
  if (share === undefined) return { reveal, block }
  const { clientCount: clients } = deps.registry
  const ignored = deps.registry.ignored().map(({ index }) => index)
  const sample = drawSample(seedOf(reveal, block), { clients, ignored, minSilos, share })
  return { reveal, block, sample }
}
