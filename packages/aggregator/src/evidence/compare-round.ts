import type { Finding } from '../detection/finding.ts'
import { decodeCoalitions } from './coalition-bytes.ts'
import type { Evidence } from './evidence.ts'
import type { EvidenceFault } from './evidence-fault.ts'
import type { RecomputedRound } from './recompute-evidence.ts'

/**
 * What a bundle states otherwise than its round made again.
 * @param tolerancePico - how far utilities may lie apart, in 1e-12; 0 on the same back end, where values and shares are compared as well.
 */
export function compareRound(
  evidence: Evidence,
  round: RecomputedRound,
  tolerancePico: number,
): EvidenceFault[] {
  if (evidence.voidReason === 'DIVERGED') {
    return [{ code: 'BAD_VOID', detail: 'nothing diverges when the round is made again' }]
  }
  return [
    ...compareModel(evidence, round),
    ...compareFindings(evidence, round),
    ...compareUtilities(evidence, round, tolerancePico),
    ...(tolerancePico === 0 ? comparePay(evidence, round) : []),
  ]
}

function compareModel(evidence: Evidence, round: RecomputedRound): EvidenceFault[] {
  const { model, stateAfter, countedPico } = evidence
  const isModel = model.cid === round.model.cid
  const lines = (state: Evidence['stateAfter']): string =>
    state.map(({ name, blob }) => `${name} ${blob.cid}`).join()
  const isState = lines(stateAfter) === lines([...round.stateAfter])
  return [
    ...(isModel ? [] : [fault('OTHER_MODEL', model.cid, round.model.cid)]),
    ...(isState ? [] : [{ code: 'OTHER_STATE' } as const]),
    ...comparePerSilo('OTHER_COUNTED', evidence, countedPico, round.countedPico),
  ]
}

/** What is said of earlier rounds cannot be seen from this one. */
function compareFindings(evidence: Evidence, round: RecomputedRound): EvidenceFault[] {
  const lines = (findings: readonly Finding[]): readonly string[] =>
    findings
      .filter(({ code }) => code !== 'REPLAY')
      .map(({ code, silo, with: other = '' }) => `${code} ${silo} ${other}`.trim())
      .sort()
  const [stated, found] = [lines(evidence.findings), lines(round.findings)]
  if (stated.join() === found.join()) return []
  return [fault('OTHER_FINDINGS', stated.join(', ') || 'none', found.join(', ') || 'none')]
}

function compareUtilities(
  evidence: Evidence,
  { assessment }: RecomputedRound,
  tolerancePico: number,
): EvidenceFault[] {
  const { coalitions, silos, utilitiesPico, classesPico } = evidence
  const measured = new Map(assessment.measured.map((one) => [one.coalition, one]))
  const isNear = (a = Number.NaN, b = Number.NaN): boolean => Math.abs(a - b) <= tolerancePico
  return decodeCoalitions(coalitions, silos.length).flatMap((coalition, i) => {
    const { utilityPico, classesPico: classes = [] } = measured.get(coalition) ?? {}
    const isSame = isNear(utilitiesPico[i], utilityPico)
    // A class has few rows: one of them weighs more than any tolerance, so on another back end classes are not compared.
    const stated = tolerancePico === 0 ? (classesPico?.[i] ?? []) : classes
    const isSameClasses =
      stated.length === classes.length && stated.every((value, at) => value === classes[at])
    if (isSame && isSameClasses) return []
    const named = `coalition ${namesIn(coalition, evidence)}: `
    const { code, detail } = fault('OTHER_UTILITY', utilitiesPico[i], utilityPico)
    return [{ code, detail: `${named}${detail}, in 1e-12` }]
  })
}

function namesIn(coalition: bigint, { silos }: Evidence): string {
  const members = silos.filter((_, i) => ((coalition >> BigInt(i)) & 1n) === 1n)
  return members.length === 0 ? 'of nobody' : members.map(({ silo }) => silo).join('+')
}

function comparePay(evidence: Evidence, { assessment, shares }: RecomputedRound): EvidenceFault[] {
  const { valuesPico } = evidence
  const isPaid = evidence.shares.every((share, i) => share === shares[i])
  return [
    ...comparePerSilo('OTHER_VALUES', evidence, valuesPico, assessment.valuesPico),
    ...(isPaid ? [] : [{ code: 'OTHER_SHARES' } as const]),
  ]
}

function comparePerSilo(
  code: EvidenceFault['code'],
  { silos }: Evidence,
  stated: readonly number[],
  found: readonly number[],
): EvidenceFault[] {
  return silos.flatMap(({ silo }, i) =>
    stated[i] === found[i] ? [] : [{ ...fault(code, stated[i], found[i]), silo }],
  )
}

function fault(
  code: EvidenceFault['code'],
  stated: string | number | undefined,
  found: string | number | undefined,
): EvidenceFault {
  return { code, detail: `stated ${stated}, found ${found}` }
}
