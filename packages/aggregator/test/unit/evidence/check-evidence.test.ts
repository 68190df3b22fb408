import { encodeManifest, type Message, type SiloName } from '@fednode/protocol'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkEvidence } from '../../../src/evidence/check-evidence.ts'
import { encodeCoalitions } from '../../../src/evidence/coalition-bytes.ts'
import { encodeEvidence } from '../../../src/evidence/encode-evidence.ts'
import type { Evidence } from '../../../src/evidence/evidence.ts'
import { describeFault } from '../../../src/evidence/evidence-fault.ts'
import { parseEvidence } from '../../../src/evidence/parse-evidence.ts'
import {
  blobOf,
  namesOf,
  openingOf,
  SCOPE,
  SIGNERS,
  sampleEvidence,
  signedBy,
} from '../../support/sample-evidence.ts'
import { tinyManifest } from '../../support/tiny-federation.ts'

const UTILITIES = [-5, -4, -3, 0, -6, -2, -1, 3].map((value) => value * 1e11)
const [FIRST] = namesOf(1) as [SiloName]

let good: Evidence

beforeAll(async () => {
  good = await sampleEvidence(3, (coalition) => UTILITIES[Number(coalition)] ?? 0)
})

async function codesOf(change: Partial<Evidence>): Promise<readonly string[]> {
  const faults = await checkEvidence({ ...good, ...change }, SIGNERS)
  // Every fault can be said in one line.
  for (const fault of faults) expect(describeFault(fault)).toMatch(/^[^\n]{10,300}$/)
  return [...new Set(faults.map(({ code }) => code))]
}

function withSilo(change: Partial<Evidence['silos'][number]>): Partial<Evidence> {
  return { silos: good.silos.map((entry, i) => (i === 0 ? { ...entry, ...change } : entry)) }
}

describe('checkEvidence', () => {
  it('finds nothing in an honest bundle, before and after it travelled', async () => {
    expect(await codesOf({})).toEqual([])
    expect(await checkEvidence(parseEvidence(encodeEvidence(good)), SIGNERS)).toEqual([])
    expect(good.shares.reduce((a, b) => a + b, 0)).toBe(1_000_000_000)
  })

  it('T35: finds a tampered value, error, share or utility', async () => {
    const [value = 0, ...values] = good.valuesPico
    expect(await codesOf({ valuesPico: [value + 1, ...values] })).toContain('WRONG_VALUES')
    expect(await codesOf({ valuesPico: values })).toContain('WRONG_VALUES')
    expect(await codesOf({ standardErrorsPico: [1, 0, 0] })).toEqual(['WRONG_ERRORS'])
    const [share = 0, none = 0, ...shares] = good.shares
    expect(await codesOf({ shares: [share - 1, none + 1, ...shares] })).toEqual(['WRONG_SHARES'])
    const [empty = 0, all = 0, ...rest] = good.utilitiesPico
    expect(await codesOf({ utilitiesPico: [empty, all + 1, ...rest] })).toContain('WRONG_VALUES')
  })

  it('T35: finds a missing utility, and one that nobody asked for', async () => {
    const cut = {
      coalitions: good.coalitions.slice(0, -1),
      utilitiesPico: good.utilitiesPico.slice(0, -1),
    }
    expect(await codesOf(cut)).toEqual(['MISSING_UTILITY'])
    expect(await codesOf({ utilitiesPico: cut.utilitiesPico })).toEqual(['UTILITIES_INCOMPLETE'])
    expect(await codesOf({ classesPico: [[1]] })).toEqual(['UTILITIES_INCOMPLETE'])
    expect(await codesOf({ coalitions: Uint8Array.of(0, 7, 7) })).toEqual(['BAD_COALITIONS'])
    expect(await codesOf({ coalitions: Uint8Array.of(0, 7, 8) })).toEqual(['BAD_COALITIONS'])
    expect(await codesOf({ coalitions: new Uint8Array(), utilitiesPico: [] })).toEqual([
      'BAD_COALITIONS',
    ])
  })

  it('T35: finds another number of evaluations, another end and another estimator', async () => {
    expect(await codesOf({ evaluations: 7 })).toEqual(['WRONG_EVALUATIONS'])
    expect(await codesOf({ stoppedBy: 'converged' })).toEqual(['WRONG_EVALUATIONS'])
    expect(await codesOf({ estimator: 'equal' })).toEqual(['WRONG_ESTIMATOR'])
  })

  it('T35: finds a wrong seed and a wrong secret', async () => {
    expect(await codesOf({ seed: new Uint8Array(32) })).toEqual(['WRONG_SEED'])
    expect(await codesOf({ reveal: new Uint8Array(32) })).toEqual(['WRONG_REVEAL', 'WRONG_SEED'])
  })

  it('T35: finds an opening that is not of this round, base and manifest, or not signed by the federator', async () => {
    const manifest = tinyManifest({ maxSilos: 3 })
    const opened = (signer: string, change: object): Partial<Evidence> => ({
      roundOpen: signedBy(signer, openingOf(manifest, change)),
    })
    expect(await codesOf(opened('federator', { sentAt: 9, term: 4, deadline: 8 }))).toEqual([])
    for (const forged of [
      opened('mallory', {}),
      opened('federator', { model: blobOf(7) }),
      opened('federator', { manifest: blobOf(7).cid }),
      opened('federator', { round: 4 }),
      { roundOpen: good.silos[0]?.receipt ?? new Uint8Array() },
      { roundOpen: Uint8Array.of(1) },
    ]) {
      expect(await codesOf(forged)).toEqual(['BAD_ROUND_OPEN'])
    }
    const other = opened('federator', { commitment: new Uint8Array(32) })
    expect(await codesOf(other)).toEqual(['WRONG_REVEAL'])
  })

  it('T35: finds another base and another model of the same name', async () => {
    expect(await codesOf({ base: blobOf(9) })).toEqual(['BAD_ROUND_OPEN', 'BAD_ANNOUNCEMENT'])
  })

  it('T35: finds forged and borrowed signatures', async () => {
    const [alpha, beta] = good.silos
    expect(await codesOf(withSilo({ samples: 11 }))).toContain('BAD_ANNOUNCEMENT')
    expect(await codesOf(withSilo({ update: blobOf(99) }))).toEqual([
      'BAD_ANNOUNCEMENT',
      'BAD_RECEIPT',
    ])
    expect(
      await codesOf(withSilo({ announcement: beta?.announcement ?? new Uint8Array() })),
    ).toEqual(['BAD_ANNOUNCEMENT'])
    const forged = Uint8Array.from(alpha?.announcement ?? [])
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1
    expect(await codesOf(withSilo({ announcement: forged }))).toEqual(['BAD_ANNOUNCEMENT'])
    const refused: Message = {
      ...SCOPE,
      type: 'receipt',
      silo: FIRST,
      update: blobOf(10).cid,
      accepted: false,
      code: 'LATE',
    }
    expect(await codesOf(withSilo({ receipt: signedBy('federator', refused) }))).toEqual([
      'BAD_RECEIPT',
    ])
    expect(await codesOf(withSilo({ receipt: alpha?.announcement ?? new Uint8Array() }))).toEqual([
      'BAD_RECEIPT',
    ])
  })

  it('T35: finds a silo that is paid under the index of another, twice, or out of order', async () => {
    expect(await codesOf(withSilo({ index: 1 }))).toContain('BAD_INDEX')
    expect(await codesOf({ silos: good.silos.toReversed() })).toContain('SILOS_UNSORTED')
    expect(await codesOf(withSilo({ steps: 99 }))).toEqual(['BAD_STEPS'])
    const vector = { name: 'momentum', blob: blobOf(4) }
    expect(await codesOf({ stateAfter: [vector, vector] })).toEqual(['BAD_STATE'])
  })

  it('T35: finds another manifest', async () => {
    const { bytes } = encodeManifest(tinyManifest({ maxSilos: 12 }))
    expect(await codesOf({ manifestBytes: bytes })).toEqual(['BAD_MANIFEST'])
    expect(await codesOf({ manifestBytes: Uint8Array.of(1) })).toEqual(['BAD_MANIFEST'])
  })

  it('accepts a void round, and no false reason for one', async () => {
    const nothing: Partial<Evidence> = {
      model: good.base,
      countedPico: [],
      evaluations: 0,
      coalitions: new Uint8Array(),
      utilitiesPico: [],
      valuesPico: [0, 0, 0],
      standardErrorsPico: [0, 0, 0],
      shares: good.shares.map(() => 0),
      voidReason: 'DIVERGED',
    }
    expect(await codesOf(nothing)).toEqual([])
    expect(await codesOf({ ...nothing, voidReason: 'TOO_FEW_UPDATES' })).toEqual(['BAD_VOID'])
    expect(await codesOf({ ...nothing, shares: good.shares })).toEqual(['BAD_VOID'])
    expect(await codesOf({ ...nothing, voidReason: 'NO_GAIN' })).toEqual(['BAD_COALITIONS'])
    const few = { ...nothing, silos: good.silos.slice(0, 1), valuesPico: [0] }
    expect(await codesOf({ ...few, voidReason: 'TOO_FEW_UPDATES' })).toEqual([])
    expect(await codesOf({ voidReason: 'NO_GAIN' })).toEqual(['BAD_VOID'])
  })

  it('T35: finds a void round that leaves another state, or findings that nobody can make again', async () => {
    const nothing: Partial<Evidence> = {
      ...{ model: good.base, countedPico: [], evaluations: 0, coalitions: new Uint8Array() },
      ...{ utilitiesPico: [], valuesPico: [0, 0, 0], standardErrorsPico: [0, 0, 0] },
      shares: good.shares.map(() => 0),
      voidReason: 'DIVERGED',
    }
    const momentum = (fill: number) => [{ name: 'momentum', blob: blobOf(fill) }]
    const kept = { stateBefore: momentum(4), stateAfter: momentum(4) }
    expect(await codesOf({ ...nothing, ...kept })).toEqual([])
    for (const wrong of [
      { stateAfter: momentum(4) },
      { ...kept, stateAfter: momentum(5) },
      { ...kept, stateAfter: [] },
      { findings: [{ code: 'NO_OP', silo: FIRST, measurePico: 0 } as const] },
      { countedPico: [1] },
      { evaluations: 1 },
    ]) {
      expect(await codesOf({ ...nothing, ...wrong })).toEqual(['BAD_VOID'])
    }
  })

  it('T35: finds a round that says that time ended it where it did not', async () => {
    const value = (coalition: bigint): number => Number((coalition * 7919n) % 1009n) * 1e9
    const codes = async (evaluations: number, budget: object): Promise<readonly string[]> => {
      const own = { estimator: 'permutation', budget: { evaluations } } as const
      const long = await sampleEvidence(8, value, own)
      const told = await sampleEvidence(8, value, { estimator: 'permutation', budget })
      const { manifest, manifestBytes, roundOpen } = told
      const lie = { ...long, manifest, manifestBytes, roundOpen, stoppedBy: 'seconds' } as const
      return (await checkEvidence(lie, SIGNERS)).map(({ code }) => code)
    }
    expect(await codes(30, { seconds: 9 })).toEqual([])
    // Beyond what the manifest pays for, behind the error that it asks for, and without a limit of time.
    expect(await codes(150, { seconds: 9, evaluations: 60 })).toContain('WRONG_EVALUATIONS')
    expect(await codes(150, { seconds: 9, standardError: 1 })).toContain('WRONG_EVALUATIONS')
    expect(await codes(30, { evaluations: 30 })).toEqual(['WRONG_EVALUATIONS'])
  })

  it('knows a round in which nobody gained, or not enough', async () => {
    const none = await sampleEvidence(2, () => 0)
    expect(none.voidReason).toBe('NO_GAIN')
    expect(await checkEvidence(none, SIGNERS)).toEqual([])
    const { voidReason: _, ...paid } = none
    expect(await checkEvidence(paid, SIGNERS)).toEqual([{ code: 'BAD_VOID' }])
  })

  it('repeats a sampled estimate from its seed, however it ended', async () => {
    const value = (coalition: bigint): number => Number((coalition * 7919n) % 1009n) * 1e9
    for (const budget of [{ evaluations: 40 }, { evaluations: 60, standardError: 0.05 }]) {
      const sampled = await sampleEvidence(6, value, { estimator: 'permutation', budget })
      expect(sampled.evaluations).toBeLessThan(64)
      expect(await checkEvidence(sampled, SIGNERS)).toEqual([])
      const fewer = { ...sampled, evaluations: sampled.evaluations - 1 }
      expect((await checkEvidence(fewer, SIGNERS)).map(({ code }) => code)).toEqual([
        'WRONG_EVALUATIONS',
      ])
    }
    const limited = { evaluations: 40, seconds: 9 }
    const timed = await sampleEvidence(6, value, { estimator: 'permutation', budget: limited })
    expect(await checkEvidence({ ...timed, stoppedBy: 'seconds' }, SIGNERS)).toEqual([])
  })

  it('keeps coalitions in order, up to a hundred silos', () => {
    expect(encodeCoalitions([0n, 1n << 99n], 100)).toHaveLength(26)
  })
})
