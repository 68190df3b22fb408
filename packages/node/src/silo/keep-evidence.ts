import { MAX_EVIDENCE_BYTES } from '@fednode/aggregator'
import { FedError, type RoundResult } from '@fednode/protocol'
import type { SiloRun } from './silo.ts'

/**
 * Fetches the evidence of a round that is over, so that a silo can check what it was paid when the aggregator is gone, and
 * give it to the one that takes its place (T60). What does not come is only missed: never rejects for that.
 */
export async function keepEvidence(
  { deps, host, served, signal }: SiloRun,
  { round, evidence }: Pick<RoundResult, 'round' | 'evidence'>,
): Promise<void> {
  const { logger, registry } = deps
  if (evidence.size > MAX_EVIDENCE_BYTES) {
    logger.warn({ round, size: evidence.size }, 'no evidence is so large')
    return
  }
  try {
    await host.fetchBlob(evidence, { peers: [registry.federatorPeerId], signal })
    served.models.add(evidence.cid)
  } catch (error) {
    // A disk that fails is no reason to stop training: the round itself is kept elsewhere.
    const why = error instanceof FedError ? error.code : String(error)
    logger.warn({ round, why }, 'the evidence was not kept')
  }
}
