import { commitmentOf } from '@fednode/contracts'
import type { RoundOpen } from '@fednode/protocol'
import { seedOf } from '../assessment/seed-of.ts'
import type { Evidence } from './evidence.ts'
import type { EvidenceFault } from './evidence-fault.ts'
import { openEnvelope } from './open-envelope.ts'

/** Whether the secret opens what was committed to before any update was known, and the seed follows from it (T35). */
export function checkRandomness(evidence: Evidence): EvidenceFault[] {
  const open = roundOpenIn(evidence)
  // Without an opening there is nothing to compare with; that fault is reported elsewhere.
  if (open === undefined) return []
  const { reveal, seed } = evidence
  const isOpened = isSame(commitmentOf(reveal), open.commitment)
  return [
    ...(isOpened ? [] : [{ code: 'WRONG_REVEAL' } as const]),
    ...(isSame(seedOf(reveal, open.block), seed) ? [] : [{ code: 'WRONG_SEED' } as const]),
  ]
}

/** The opening of the round inside a bundle; undefined when it is none of this round. */
export function roundOpenIn(evidence: Evidence): RoundOpen | undefined {
  const opened = openEnvelope(evidence.roundOpen, evidence)
  return opened?.message.type === 'round-open' ? opened.message : undefined
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
