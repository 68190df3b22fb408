import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { cidOfBytes, decodeSafetensors, parseManifestYaml } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planExample } from '../../../src/local/example-plan.ts'
import type { FederationPlan } from '../../../src/local/plan.ts'

const YAML = new URL('../../../examples/digits/federation.yaml', import.meta.url)

describe('planExample', () => {
  let directory: string
  let plan: FederationPlan

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'fednode-example-'))
    plan = await planExample({ directory, cache: path.join(directory, 'cache'), rounds: 3 })
  })

  afterAll(() => rm(directory, { recursive: true }))

  it('is exactly the manifest that is shipped, but for the rounds that were asked for', async () => {
    const shipped = parseManifestYaml(await readFile(YAML, 'utf8'), 'federation.yaml')
    expect(plan.manifest).toEqual({ ...shipped, rounds: { ...shipped.rounds, count: 3 } })
  })

  it('holds out the file that the manifest names', async () => {
    const bytes = await readFile(plan.validationFile)
    expect(cidOfBytes(bytes)).toBe(plan.manifest.contribution.validation)
    expect(decodeSafetensors(bytes).get('features')?.shape).toEqual([2_000, 28, 28])
  })

  it('writes one private file for each silo', async () => {
    expect(plan.silos).toHaveLength(plan.manifest.rounds.maxSilos)
    for (const { file } of plan.silos) {
      expect((await stat(file)).mode & 0o077).toBe(0)
      const tensors = decodeSafetensors(await readFile(file))
      const rows = tensors.get('labels')?.shape[0] ?? 0
      expect(tensors.get('features')?.shape).toEqual([rows, 28, 28])
      expect(rows).toBeGreaterThanOrEqual(plan.manifest.privacy.minimumRows)
    }
  })
})
