import { drawSample, type Manifest, type RoundOpen, type RoundSample } from '@fednode/protocol'
import type { EvidenceSigners } from './check-evidence.ts'
import { roundOpenIn } from './check-randomness.ts'
import type { Evidence } from './evidence.ts'
import type { EvidenceFault } from './evidence-fault.ts'

/**
 * Whether the round was opened for those whom its seed draws among all who may be drawn, and counts nobody else (T5, T35). Clients that
 * came while it was open have a share of 0 and could not be drawn.
 */
export function checkSample(
  evidence: Evidence,
  { manifest, signers }: { readonly manifest: Manifest; readonly signers: EvidenceSigners },
): EvidenceFault[] {
  const open = roundOpenIn(evidence)
  // Without an opening there is nothing to compare with; that fault is reported elsewhere.
  if (open === undefined) return []
  const { minSilos, sampleShare: share } = manifest.rounds
  const { sample } = open
  if (share === undefined && sample === undefined) return []
  if (share === undefined || sample === undefined) return [{ code: 'BAD_SAMPLE' }]
  const expected = drawSample(evidence.seed, { ...sample, minSilos, share }).drawn.join()
  const drawn = sample.drawn.join()
  const details = [
    ...(drawn === expected ? [] : [`${drawn}, not ${expected}`]),
    ...checkClients(open, sample, { listed: manifest.members?.silos.length, evidence, signers }),
    ...checkIgnored(sample, signers),
  ]
  const strangers = evidence.silos.filter(({ index }) => !sample.drawn.includes(index))
  return [
    ...details.map((detail) => ({ code: 'BAD_SAMPLE', detail }) as const),
    ...strangers.map(({ silo }) => ({ code: 'BAD_SAMPLE', silo }) as const),
  ]
}

/** Whether the draw was among all clients: of a list everybody; on a chain those of the opening's block, and who came since at most. */
function checkClients(
  { block }: RoundOpen,
  { clients }: RoundSample,
  known: {
    readonly listed: number | undefined
    readonly evidence: Evidence
    readonly signers: EvidenceSigners
  },
): string[] {
  const { listed, evidence, signers } = known
  const least = listed ?? signers.clientsAt?.(block.number) ?? 1
  const most = listed ?? evidence.shares.length
  return clients >= least && clients <= most
    ? []
    : [`drawn among ${clients} clients, of ${least} to ${most}`]
}

/** Whether nobody was passed over whose binding holds, and nobody drawn who may not speak. */
function checkIgnored({ clients, ignored = [] }: RoundSample, signers: EvidenceSigners): string[] {
  if (signers.ignored === undefined) return []
  const expected = signers.ignored.filter((index) => index < clients).join()
  const stated = ignored.join()
  return stated === expected ? [] : [`ignored are ${stated || 'none'}, not ${expected || 'none'}`]
}
