import { type Round, type SiloName, toPico } from '@fednode/protocol'
import type { UpdateSource, ValueSource } from '../strategies/types.ts'
import type { Finding } from './finding.ts'
import { type ChangeMeasures, measureChanges } from './measure-changes.ts'
import { regressOnOthers } from './regress-on-others.ts'

/** A change this small beside the base's norm is rounding of f32 (2^-24 = 6e-8), not training. */
const NO_OP_RELATIVE = 1e-7
/**
 * Two changes with a larger cosine are one data set under two names, or nearly. Half the square of what each change has for itself is
 * spread over all directions but the common one (gradient noise, McCandlish et al. 2018, arXiv 1812.06162), so that 1 - cosine of honest
 * silos shrinks with the number of values: measured for linear models that begin at zero, 1.4e-2 or more with 64 values and above, down
 * to 8.5e-4 with 13 and 1.5e-4 with 4 (bench/RESULTS.md).
 */
const NEAR_DUPLICATE_COSINE = 0.999
/** With fewer values a cosine above 0.999 is nothing special. */
const MANY_VALUES = 64
/** Then changes are one only where less than 1e-3 of them differs: noise on a copy. */
const FEW_VALUES_COSINE = 1 - 1e-3 ** 2 / 2
/** With fewer values honest changes meet by chance: a plane has one direction beside the common one. */
const MIN_COMPARED_VALUES = 8
/** A change whose sine to the span of the others is smaller is a combination of them; quantised copies of sums lie at 1e-4. */
const COMBINATION_RESIDUAL = 1e-3
/** With fewer values per silo every change is near a combination of the others, and it says nothing. */
const MIN_VALUES_PER_SILO = 16
/** Rounding may make a coefficient that is 0 this much negative. */
const NEGATIVE_COEFFICIENT = -1e-3

/** What was found, and the digest of every update's values, to be remembered for the rounds that follow. */
export type Detection = {
  readonly findings: readonly Finding[]
  /** SHA-256 of the values, in the order of the updates. */
  readonly digests: readonly Uint8Array[]
}

/**
 * Finds updates that add nothing of their own (T32, T33): the base sent back, an earlier update again, another silo's values, a
 * combination of the others, and directions too alike for two data sets. Findings are reported, not punished: what an update is
 * worth is measured. Of a copy both sides are named, because nobody can tell which one was first.
 * @param round.updates - in ascending order of names.
 * @param round.earlier - who sent the values that a silo sends now in an earlier round, by their digest.
 */
export function detectFreeRiders(round: {
  readonly base: ValueSource
  readonly updates: readonly UpdateSource[]
  earlier(
    digest: Uint8Array,
    silo: SiloName,
  ): { readonly round: Round; readonly silo: SiloName } | undefined
}): Detection {
  const { base, updates, earlier } = round
  const measures = measureChanges(base, updates)
  const { digests } = measures
  const names = updates.map(({ silo }) => silo)
  const idle = new Set([...names.keys()].filter((i) => isNoOp(measures, i)))
  const replays = names.flatMap((silo, i) => {
    const known = digests[i] === undefined || idle.has(i) ? undefined : earlier(digests[i], silo)
    if (known === undefined) return []
    return [{ code: 'REPLAY', silo, with: known.silo, round: known.round, measurePico: 0 } as const]
  })
  const pairs = comparePairs(names, measures, idle)
  const twice = new Set(pairs.filter(({ code }) => code === 'COPY').map(({ silo }) => silo))
  const moving = [...names.keys()].filter((i) => !idle.has(i) && !twice.has(nameAt(names, i)))
  const findings = [
    ...[...idle].map((i) => noOp(names, measures, i)),
    ...replays,
    ...pairs,
    ...findCombinations(names, measures, moving),
  ]
  return { findings, digests }
}

function isNoOp({ norms, baseNorm }: ChangeMeasures, i: number): boolean {
  return (norms[i] ?? 0) <= NO_OP_RELATIVE * baseNorm
}

function noOp(names: readonly SiloName[], { norms, baseNorm }: ChangeMeasures, i: number): Finding {
  const relative = baseNorm === 0 ? 0 : (norms[i] ?? 0) / baseNorm
  return { code: 'NO_OP', silo: nameAt(names, i), measurePico: toPico(relative) }
}

function comparePairs(
  names: readonly SiloName[],
  measures: ChangeMeasures,
  idle: ReadonlySet<number>,
): Finding[] {
  const findings: Finding[] = []
  const nearest = nearDuplicateCosine(measures.sampled)
  for (let i = 0; i < names.length; i++) {
    for (let j = 0; j < i; j++) {
      if (idle.has(i) || idle.has(j)) continue
      const pair = { silo: nameAt(names, i), with: nameAt(names, j) }
      const cosine = measures.cosine(i, j)
      if (isSame(measures.digests[i], measures.digests[j])) {
        findings.push({ code: 'COPY', ...pair, measurePico: 0 })
      } else if (cosine > nearest) {
        findings.push({ code: 'NEAR_DUPLICATE', ...pair, measurePico: toPico(cosine) })
      }
    }
  }
  return findings
}

/** Above which cosine two changes of so many values are nearly the same. */
function nearDuplicateCosine(values: number): number {
  if (values >= MANY_VALUES) return NEAR_DUPLICATE_COSINE
  return values >= MIN_COMPARED_VALUES ? FEW_VALUES_COSINE : Number.POSITIVE_INFINITY
}

/**
 * Dependence has no direction: when c = a + b, then a = c - b. Whoever is a sum of the others without subtracting any is the one that was
 * made of them; where there is no such one, all that depend are named.
 */
function findCombinations(
  names: readonly SiloName[],
  measures: ChangeMeasures,
  moving: readonly number[],
): Finding[] {
  if (moving.length < 3 || measures.sampled < MIN_VALUES_PER_SILO * names.length) return []
  const n = moving.length
  const cosines = Float64Array.from({ length: n * n }, (_, at) =>
    measures.cosine(moving[Math.floor(at / n)] ?? 0, moving[at % n] ?? 0),
  )
  const dependent = regressOnOthers(cosines, n)
    .map((regression, at) => ({ ...regression, index: moving[at] ?? 0 }))
    .filter(({ residual }) => residual < COMBINATION_RESIDUAL)
  const sums = dependent.filter(({ coefficients }) =>
    coefficients.every((coefficient) => coefficient > NEGATIVE_COEFFICIENT),
  )
  return (sums.length > 0 ? sums : dependent).map(({ index, residual }) => ({
    code: 'COMBINATION',
    silo: nameAt(names, index),
    measurePico: toPico(residual),
  }))
}

function nameAt(names: readonly SiloName[], i: number): SiloName {
  // Indexes come from the names themselves.
  return names[i] as SiloName
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0
}
