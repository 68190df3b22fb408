import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createEngine } from '@fednode/engine'
import {
  type Cid,
  createBlobStore,
  decodeManifest,
  encodeManifest,
  encodeSafetensors,
  encodeWeights,
  modelSpecOf,
  type Weights,
} from '@fednode/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sampleEvidence } from '../../../../../aggregator/test/support/sample-evidence.ts'
import { createAllianceJournal } from '../../../../src/alliance/alliance-journal.ts'
import { createArenaJournal } from '../../../../src/arena/arena-journal.ts'
import { encodeArenaModel } from '../../../../src/arena/arena-model.ts'
import { keptPlace } from '../../../../src/voting/kept-place.ts'
import { runCli } from '../../framework/run-cli.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

const ALLIANCE = `0x${'a1'.repeat(20)}` as const
const TASK = `0x${'a2'.repeat(20)}` as const
const ACCOUNT = { address: `0x${'Cd'.repeat(20)}` }

describe('models of who votes', () => {
  let dir: string
  let plan: ReturnType<typeof encodeManifest>
  let weights: (shift: number) => Weights

  beforeEach(async () => {
    dir = temporaryDirectory()
    const sample = await sampleEvidence(2, (coalition) => Number(coalition) * 1e11)
    const manifest = decodeManifest(sample.manifestBytes)
    plan = encodeManifest(manifest)
    const engine = await createEngine({ backend: 'cpu' })
    const { specs, values } = engine.initialWeights(modelSpecOf(manifest), 1)
    weights = (shift) => ({ specs, values: values.map((value) => value + shift) })
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  const pathsOf = (scope: string) => {
    const directory = path.join(dir, 'scenarios', scope)
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    return { blobs: path.join(directory, 'blobs'), directory }
  }

  /** Three rounds are over; the model of the last is not here, that of the first not any more. */
  async function ally(): Promise<Cid> {
    const { blobs, directory } = pathsOf(ALLIANCE)
    const journal = createAllianceJournal(path.join(directory, 'alliance.sqlite'))
    const place = keptPlace('alliance:1', 'alliance', ACCOUNT)
    journal.savePlace(place, plan.bytes)
    const store = createBlobStore(blobs)
    const [first, second, third] = await Promise.all(
      [1, 2, 3].map((shift) => store.put(encodeWeights(weights(shift)))),
    )
    for (const [index, ref] of [first, second, third].entries()) {
      if (ref === undefined) continue
      journal.saveSettled(index + 1, ref.cid)
      if (ref !== second) await store.remove(ref.cid)
    }
    journal.close()
    return second?.cid as Cid
  }

  async function member(role: 'arena-node' | 'arena-validator'): Promise<Cid> {
    const { blobs, directory } = pathsOf(TASK)
    const journal = createArenaJournal(path.join(directory, 'arena.sqlite'))
    const place = keptPlace('arena:3', role, ACCOUNT)
    journal.savePlace(place, plan.bytes)
    const bytes = encodeArenaModel(weights(7), { scope: TASK, node: place.account })
    const ref = await createBlobStore(blobs).put(bytes)
    if (role === 'arena-node') {
      journal.saveModel(2, ref)
      journal.saveSubmitted(2)
      // Trained, and not submitted yet.
      journal.saveModel(3, ref)
    } else journal.saveVote(5, { ballot: [1], salt: `0x${'0'.repeat(64)}` })
    journal.close()
    return ref.cid
  }

  const json = async (...argv: readonly string[]) => {
    const { code, stdout, stderr } = await runCli([...argv, '--dir', dir, '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    return JSON.parse(stdout).data
  }

  it('run list shows alliances and tasks by name, how far they came, and their models', async () => {
    await ally()
    const submitted = await member('arena-node')
    const { runs } = await json('run', 'list')
    expect(runs).toEqual([
      {
        ...{ scenario: ALLIANCE, name: 'alliance:1', role: 'alliance', rounds: 3, metrics: null },
        model: expect.stringMatching(/^bafy/),
      },
      {
        ...{ scenario: TASK, name: 'arena:3', role: 'arena-node', rounds: 2, metrics: null },
        model: submitted,
      },
    ])
    const { stdout } = await runCli(['run', 'list', '--dir', dir])
    expect(stdout).toMatch(/^alliance:1 +alliance +3 +bafy/m)
  })

  it('model export and predict take the latest model of an alliance that is here', async () => {
    const kept = await ally()
    const rows = path.join(dir, 'rows.safetensors')
    const bytes = Uint8Array.of(0, 255, 255, 0)
    writeFileSync(
      rows,
      encodeSafetensors([{ name: 'features', dtype: 'U8', shape: [2, 2], bytes }]),
    )
    const origin = { run: 'alliance:1', scenario: ALLIANCE, round: 2, model: kept }
    const out = path.join(dir, 'm.onnx')
    const asOnnx = ['--format', 'onnx', '--out', out]
    expect(await json('model', 'export', 'alliance:1', ...asOnnx)).toMatchObject(origin)
    const table = path.join(dir, 'p.csv')
    expect(await json('model', 'predict', ALLIANCE, '--data', rows, '--out', table)).toMatchObject({
      ...origin,
      predicted: 2,
    })
  })

  it('model export takes what a training node submitted, by the digest on the chain', async () => {
    const submitted = await member('arena-node')
    const out = path.join(dir, 'm.safetensors')
    expect(await json('model', 'export', 'arena:3', '--out', out)).toMatchObject({
      ...{ run: 'arena:3', round: 2, model: submitted, manifest: plan.cid },
    })
  })

  it.each([
    [
      ['model', 'export', 'alliance:1', '--round', '3'],
      'NO_MODEL',
      'the model of round 3 of alliance:1 is not here',
    ],
    [['model', 'export', 'alliance:1', '--round', '4'], 'NO_MODEL', 'knows no model of round 4'],
    [['model', 'export', 'alliance:2'], 'UNKNOWN_SCENARIO', 'keeps nothing of alliance:2'],
    [['model', 'export', 'alliance:x'], 'BAD_OPTION', 'alliance:NUMBER'],
    [['model', 'export', 'arena:3'], 'NO_MODEL', "a validator's of arena:3"],
    [['model', 'export'], 'SEVERAL_SCENARIOS', `${ALLIANCE} (alliance:1)`],
    [['model', 'card', 'alliance:1'], 'NO_EVIDENCE', 'alliance:1 has none'],
    [['network', 'status'], 'NO_SCENARIO', 'keeps nothing of any federation'],
    [['run', 'show', '--scenario', 'alliance:1'], 'ON_CHAIN', 'fednode alliance rounds 1'],
    [['run', 'show', '--scenario', 'arena:3'], 'ON_CHAIN', 'fednode task show arena:3'],
  ])('%j is refused with what to do', async (argv, code, said) => {
    await ally()
    await member('arena-validator')
    const out = argv[1] === 'export' ? ['--out', path.join(dir, 'm.safetensors')] : []
    const refused = await runCli([...argv, ...out, '--dir', dir, '--json'])
    expect(refused.code).toBe(2)
    expect(JSON.parse(refused.stdout).error.code).toBe(code)
    expect(refused.stderr).toContain(said)
  })
})
