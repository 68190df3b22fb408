import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type ChainManifest, cidOfBytes, formatManifestYaml } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { siloNames } from '../../../src/local/split-plan.ts'
import { planUserData, type UserFiles } from '../../../src/local/user-plan.ts'
import { draftManifest } from '../../../src/plan/draft-manifest.ts'

const DRAFT: ChainManifest = draftManifest({
  name: 'hearts',
  data: {
    kind: 'table',
    columns: [{ name: 'age', type: 'integer' }],
    label: { column: 'ill', classes: ['no', 'yes'] },
    missingRows: 'drop',
    silo: 'clinic',
  },
  validation: cidOfBytes(Uint8Array.of(1)),
  rounds: 5,
  strategy: 'fedavg',
  estimator: 'auto',
  utility: 'negative-loss',
  minSilos: 2,
  maxSilos: 4,
  hidden: [],
  deadlineSeconds: 60,
  registrationSeconds: 3_600,
  reward: '100',
  market: undefined,
  seed: 7,
})

describe('planUserData of one table', () => {
  let cwd: string
  let files: UserFiles
  const write = (manifest: ChainManifest) =>
    writeFile(path.join(cwd, 'federation.yaml'), formatManifestYaml(manifest))

  beforeAll(async () => {
    cwd = await mkdtemp(path.join(tmpdir(), 'fednode-split-'))
    const lines = Array.from(
      { length: 130 },
      (_, i) => `${20 + (i % 60)},${['St. Mary', 'North'][i % 2]},${i % 3 ? 'no' : 'yes'},Ann`,
    )
    await writeFile(path.join(cwd, 'rows.csv'), `age,clinic,ill,name\n${lines.join('\n')}\n`)
    await write(DRAFT)
    files = {
      cwd,
      manifestFile: 'federation.yaml',
      data: ['rows.csv'],
      validationFile: undefined,
      rounds: 2,
    }
  })

  afterAll(() => rm(cwd, { recursive: true }))

  it('gives every value of the silo column a file that only its owner may read', async () => {
    const { silos, manifest } = await (await planUserData(files))(cwd)
    expect(silos.map(({ name }) => name)).toEqual(['north', 'st-mary'])
    expect(manifest.rounds).toMatchObject({ count: 2, maxSilos: 2 })
    for (const { file } of silos) {
      expect((await stat(file)).mode & 0o777).toBe(0o600)
      const text = await readFile(file, 'utf8')
      expect(text.trim().split('\n')).toHaveLength(1 + 52)
      expect(text).not.toContain('Ann')
    }
  })

  it('names the held-out rows that it drew in the manifest', async () => {
    const { validationFile, manifest } = await (await planUserData(files))(cwd)
    const heldOut = await readFile(validationFile)
    expect(manifest.contribution.validation).toBe(cidOfBytes(heldOut))
    expect(heldOut.toString('utf8').trim().split('\n')).toHaveLength(1 + 26)
  })

  it('reads a query as well', async () => {
    const data = [`SELECT * FROM read_csv('${cwd}/rows.csv') WHERE age > 25`]
    const { silos } = await (await planUserData({ ...files, data }))(cwd)
    expect(silos).toHaveLength(2)
  })

  it('lets the last silos attack, fewer than half of those that the split gave', async () => {
    const attack = { name: 'sign-flip', attackers: 1 } as const
    const refusal = planUserData({ ...files, attack })
    await expect(refusal).rejects.toMatchObject({
      code: 'TOO_MANY_ATTACKERS',
      message: '1 of 2 silos cannot attack: no method bears half',
    })
    const south = "CASE WHEN age % 3 = 0 THEN 'South' ELSE clinic END"
    const three = `SELECT * REPLACE (${south} AS clinic) FROM read_csv('${cwd}/rows.csv')`
    await write({ ...DRAFT, privacy: { minimumRows: 5, minimumBatch: 8 } })
    const { silos } = await (await planUserData({ ...files, attack, data: [three] }))(cwd)
    expect(silos.map(({ attack }) => attack)).toEqual([undefined, undefined, 'sign-flip'])
    await write(DRAFT)
  })

  it.each([
    [{ validationFile: 'v.csv' }, {}, 'BAD_DATA_FLAG'],
    [{}, { privacy: { minimumRows: 60, minimumBatch: 8 } }, 'TOO_FEW_SILOS'],
    [{ data: ['gone.csv'] }, {}, 'DATA_FILE_NOT_FOUND'],
  ] as const)('refuses %j with %j', async (change, terms, code) => {
    await write({ ...DRAFT, ...terms })
    await expect(planUserData({ ...files, ...change })).rejects.toMatchObject({ code })
  })

  it('refuses a table where the manifest names no silo column', async () => {
    const { silo, ...data } = DRAFT.data as Extract<ChainManifest['data'], { kind: 'table' }>
    expect(silo).toBe('clinic')
    await write({ ...DRAFT, data })
    await expect(planUserData(files)).rejects.toMatchObject({ code: 'NO_SILO_COLUMN' })
  })
})

describe('siloNames', () => {
  it.each([
    [
      ['New York', 'Zürich'],
      ['new-york', 'z-rich'],
    ],
    [
      ['1', '2.5', '!'],
      ['silo-1', 'silo-2-5', 'silo-3'],
    ],
    [
      ['a b', 'a-b'],
      ['a-b', 'a-b-2'],
    ],
  ])('makes names of %j', (values, names) => {
    expect(siloNames(values)).toEqual(names)
  })

  it('keeps within the length of a name', () => {
    const [first, second] = siloNames(['x'.repeat(99), 'x'.repeat(100)])
    expect(first).not.toBe(second)
    expect(Math.max(first?.length ?? 99, second?.length ?? 99)).toBeLessThanOrEqual(40)
  })
})
