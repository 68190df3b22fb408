import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { createEngine, type Dataset, type Engine, mirrorTargets } from '@fednode/engine'
import { BlobError, type Manifest } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkEvidence, manifestOf } from '../../../src/evidence/check-evidence.ts'
import type { Evidence } from '../../../src/evidence/evidence.ts'
import { parseEvidence } from '../../../src/evidence/parse-evidence.ts'
import { recomputeEvidence } from '../../../src/evidence/recompute-evidence.ts'
import { createWorld, type World } from '../../support/coordination.ts'
import { keyOf, TINY_MODEL, tinyValidation } from '../../support/tiny-federation.ts'

let world: World
let engine: Engine
let scratch = ''
let evidence: Evidence
let manifest: Manifest

beforeAll(async () => {
  scratch = mkdtempSync(`${tmpdir()}/fednode-recompute-`)
  engine = await createEngine({ backend: 'cpu' })
  world = await createWorld({ silos: { alpha: undefined, beta: undefined, gamma: undefined } })
  await (await world.startCoordinator()).coordinator.done
  const record = world.readJournal((journal) => journal.record(2))
  if (record === undefined) throw new RangeError('no second round')
  evidence = parseEvidence(await world.blobs.get(record.evidence.cid))
  const inside = manifestOf(evidence)
  if (inside === undefined) throw new RangeError('no manifest')
  manifest = inside
}, 30_000)

afterAll(async () => {
  await world.close()
  rmSync(scratch, { recursive: true })
})

async function codesOf(
  change: Partial<Evidence>,
  deps: { readonly validation?: Dataset; readonly engine?: Engine } = {},
): Promise<readonly string[]> {
  const { faults } = await recomputeEvidence({ ...evidence, ...change }, manifest, {
    ...{ engine, blobs: world.blobs, validation: tinyValidation(), scratch },
    ...deps,
  })
  return [...new Set(faults.map(({ code }) => code))]
}

describe('recomputeEvidence', () => {
  it('gives the same bits for an honest round', async () => {
    const { faults, round } = await recomputeEvidence(evidence, manifest, {
      ...{ engine, blobs: world.blobs, validation: tinyValidation(), scratch },
    })
    expect(faults).toEqual([])
    expect(round?.model).toEqual(evidence.model)
    expect(round?.shares).toEqual(evidence.shares)
  })

  it('T35: finds a swapped model, another state and another count', async () => {
    const other = evidence.base
    expect(await codesOf({ model: other })).toEqual(['OTHER_MODEL'])
    expect(await codesOf({ stateAfter: [{ name: 'momentum', blob: other }] })).toEqual([
      'OTHER_STATE',
    ])
    expect(await codesOf({ countedPico: [1, 2, 3] })).toEqual(['OTHER_COUNTED'])
  })

  it('T35: finds an invented utility, and values and shares that follow from it', async () => {
    const [first = 0, ...rest] = evidence.utilitiesPico
    expect(await codesOf({ utilitiesPico: [first + 1, ...rest] })).toEqual(['OTHER_UTILITY'])
    expect(await codesOf({ valuesPico: [0, 0, 0] })).toEqual(['OTHER_VALUES'])
    expect(await codesOf({ shares: evidence.shares.map(() => 0) })).toEqual(['OTHER_SHARES'])
  })

  it('T35: finds utilities of other rows', async () => {
    const validation = mirrorTargets(tinyValidation())
    expect(await codesOf({}, { validation })).toContain('OTHER_UTILITY')
  })

  it('T35: finds another base, and an update in place of another', async () => {
    const [a, b, c] = evidence.silos
    if (a === undefined || b === undefined || c === undefined) throw new RangeError('three silos')
    // The mean does not depend on the base, but the empty coalition is it.
    expect(await codesOf({ base: a.update })).toContain('OTHER_UTILITY')
    const swapped = { ...a, update: b.update }
    expect(await codesOf({ silos: [swapped, b, c] })).toContain('OTHER_MODEL')
    expect(await codesOf({ silos: [swapped, b, c] })).toContain('OTHER_FINDINGS')
    const broken = { ...a, update: await world.blobs.put(Uint8Array.of(1)) }
    expect(await codesOf({ silos: [broken, b, c] })).toEqual(['UPDATE_REFUSED'])
  })

  it('T35: does not believe a divergence that is none, nor a finding', async () => {
    expect(await codesOf({ voidReason: 'DIVERGED' })).toEqual(['BAD_VOID'])
    const finding = { code: 'NO_OP', silo: evidence.silos[0]?.silo, measurePico: 0 } as const
    expect(await codesOf({ findings: [finding as Evidence['findings'][number]] })).toEqual([
      'OTHER_FINDINGS',
    ])
    expect(await codesOf({ voidReason: 'TOO_FEW_UPDATES' })).toEqual([])
  })

  it('T8: asks for no blob that is larger than the model can be', async () => {
    const huge = <T extends object>(blob: T) => ({ ...blob, size: 4_000_000_000 })
    const [a, ...rest] = evidence.silos
    if (a === undefined) throw new RangeError('three silos')
    const asked: string[] = []
    const blobs = {
      get(cid: string) {
        asked.push(cid)
        return Promise.reject(new RangeError('asked'))
      },
    }
    const deps = { engine, blobs, validation: tinyValidation(), scratch }
    const silos = [{ ...a, update: huge(a.update) }, ...rest]
    const { faults } = await recomputeEvidence({ ...evidence, silos }, manifest, deps)
    expect(faults).toMatchObject([{ code: 'UPDATE_REFUSED', silo: a.silo }])
    const stateBefore = [{ name: 'momentum', blob: huge(evidence.base) }]
    for (const change of [{ base: huge(evidence.base) }, { stateBefore }]) {
      const attempt = recomputeEvidence({ ...evidence, ...change }, manifest, deps)
      await expect(attempt).rejects.toThrow('4000000000 bytes, at most')
    }
    expect(asked).toEqual([])
  })

  it('T35: says of coalitions that cannot be read what checkEvidence says, instead of failing', async () => {
    expect(await codesOf({ coalitions: Uint8Array.of(0, 0) })).toEqual(['BAD_COALITIONS'])
  })

  it('T35: misses an update that is not there', async () => {
    const gone = { get: () => world.blobs.get(evidence.manifest) }
    await expect(
      recomputeEvidence(evidence, manifest, {
        ...{ engine, blobs: gone, validation: tinyValidation(), scratch },
      }),
    ).rejects.toThrow(BlobError)
  })

  it('repeats strategies with a state, sampled values and values by class', async () => {
    const others = await createWorld({
      silos: { alpha: undefined, beta: undefined, gamma: undefined, delta: undefined },
      strategy: { name: 'fedadam', weighting: 'samples' },
      contribution: {
        ...{ estimator: 'centered-regression', classWise: true, validationShare: 0.5 },
        budget: { evaluations: 12 },
      },
    })
    try {
      await (await others.startCoordinator()).coordinator.done
      for (const { evidence: ref } of others.readJournal((journal) => journal.records())) {
        const bundle = parseEvidence(await others.blobs.get(ref.cid))
        const plan = manifestOf(bundle)
        if (plan === undefined) throw new RangeError('no manifest')
        expect(bundle.stateAfter.length).toBeGreaterThan(0)
        expect(bundle.classesPico).toHaveLength(bundle.utilitiesPico.length)
        const { faults } = await recomputeEvidence(bundle, plan, {
          ...{ engine, blobs: others.blobs, validation: tinyValidation(), scratch },
        })
        expect(faults).toEqual([])
        const signers = {
          federator: keyOf('federator').peerId,
          memberOf: (silo: string) => ({
            peerId: keyOf(silo).peerId,
            index: ['alpha', 'beta', 'gamma', 'delta'].indexOf(silo),
          }),
        }
        expect(await checkEvidence(bundle, signers)).toEqual([])
      }
    } finally {
      await others.close()
    }
  })

  it('bears the rounding of another back end, within the tolerance of the manifest', async () => {
    const wasm = await createEngine({ backend: 'wasm' })
    expect(wasm.weightSpecs(TINY_MODEL)).toEqual(engine.weightSpecs(TINY_MODEL))
    const [first = 0, ...rest] = evidence.utilitiesPico
    expect(await codesOf({}, { engine: wasm })).toEqual([])
    expect(
      await codesOf({ utilitiesPico: [first + 1_000_000, ...rest] }, { engine: wasm }),
    ).toEqual([])
    expect(await codesOf({ utilitiesPico: [first + 1e9, ...rest] }, { engine: wasm })).toEqual([
      'OTHER_UTILITY',
    ])
  })
})
