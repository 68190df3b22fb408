import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { cidOfBytes, formatManifestYaml } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planUserFiles, type UserFiles } from '../../../src/local/user-plan.ts'
import { exampleManifest } from '../../fixtures/up-result.ts'

describe('planUserFiles', () => {
  let cwd: string
  let files: UserFiles

  beforeAll(async () => {
    cwd = await mkdtemp(path.join(tmpdir(), 'fednode-plan-'))
    const rows = new TextEncoder().encode('held-out rows')
    const base = exampleManifest()
    const contribution = { ...base.contribution, validation: cidOfBytes(rows) }
    await writeFile(path.join(cwd, 'validation.safetensors'), rows)
    await writeFile(path.join(cwd, 'other.safetensors'), 'other rows')
    await writeFile(
      path.join(cwd, 'federation.yaml'),
      formatManifestYaml({ ...base, contribution }),
    )
    for (const name of ['a.csv', 'b.csv', 'c.csv']) await writeFile(path.join(cwd, name), 'x')
    files = {
      cwd,
      manifestFile: 'federation.yaml',
      data: ['a=a.csv', 'b=b.csv', 'c=c.csv'],
      validationFile: 'validation.safetensors',
      rounds: 2,
    }
  })

  afterAll(() => rm(cwd, { recursive: true }))

  it('takes the silos, the rounds and the files as given', async () => {
    const plan = await planUserFiles(files)
    expect(plan.manifest.rounds).toMatchObject({ count: 2, maxSilos: 3 })
    expect(plan.validationFile).toBe(path.join(cwd, 'validation.safetensors'))
    expect(plan.silos[0]).toEqual({ name: 'a', file: path.join(cwd, 'a.csv'), flippedShare: 0 })
  })

  it.each([
    [{ data: ['a=a.csv', 'b'] }, 'BAD_DATA_FLAG', '--data b: expected NAME=FILE'],
    [{ data: ['../x=a.csv'] }, 'BAD_DATA_FLAG', '--data ../x=a.csv: expected NAME=FILE'],
    [{ data: ['a=a.csv', 'a=b.csv', 'c=c.csv'] }, 'BAD_DATA_FLAG', '--data names one silo twice'],
    [{ data: ['a=a.csv'] }, 'TOO_FEW_SILOS', '1 silos are named, the manifest asks for at least 3'],
    [
      { data: ['a=a.csv', 'b=b.csv', 'c=gone.csv'] },
      'FILE_MISSING',
      'cannot read the data of c (ENOENT)',
    ],
    [{ manifestFile: 'gone.yaml' }, 'FILE_MISSING', 'gone.yaml: cannot read the manifest (ENOENT)'],
    [{ validationFile: undefined }, 'FILE_MISSING', 'the aggregator needs held-out rows'],
    [{ validationFile: 'gone' }, 'FILE_MISSING', 'gone: cannot read the held-out rows (ENOENT)'],
    [
      { validationFile: 'other.safetensors' },
      'WRONG_VALIDATION',
      'other.safetensors: this is bafkrei',
    ],
  ] as const)('refuses %j with %s', async (change, code, message) => {
    const refusal = planUserFiles({ ...files, ...change })
    await expect(refusal).rejects.toMatchObject({ code, message: expect.stringContaining(message) })
  })
})
