import { drawSample, type Manifest } from '@fednode/protocol'
import { roundOpenIn } from './check-randomness.ts'
import type { Evidence } from './evidence.ts'
import type { EvidenceFault } from './evidence-fault.ts'

/**
 * Whether the round was opened for those whom its seed draws, and counts nobody else (T35). Clients that came while it was open have a
 * share of 0 and could not be drawn.
 */
export function checkSample(evidence: Evidence, manifest: Manifest): EvidenceFault[] {
  const open = roundOpenIn(evidence)
  // Without an opening there is nothing to compare with; that fault is reported elsewhere.
  if (open === undefined) return []
  const { minSilos, sampleShare: share } = manifest.rounds
  const { sample } = open
  if (share === undefined && sample === undefined) return []
  if (share === undefined || sample === undefined) return [{ code: 'BAD_SAMPLE' }]
  const { clients } = sample
  const drawn = drawSample(evidence.seed, { clients, minSilos, share }).drawn.join()
  const detail = `${sample.drawn.join()}, not ${drawn}`
  const strangers = evidence.silos.filter(({ index }) => !sample.drawn.includes(index))
  return [
    ...(areAll(clients, evidence, manifest) && sample.drawn.join() === drawn
      ? []
      : [{ code: 'BAD_SAMPLE', detail } as const]),
    ...strangers.map(({ silo }) => ({ code: 'BAD_SAMPLE', silo }) as const),
  ]
}

/** Whether the draw was among all clients: of a list nobody may be left out; on a chain some may have come while the round was open. */
function areAll(clients: number, { shares }: Evidence, manifest: Manifest): boolean {
  const listed = manifest.members?.silos.length
  return listed === undefined ? clients <= shares.length : clients === listed
}
