import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { loadDataset } from '@fednode/engine'
import { describe, expect, it } from 'vitest'
import { checkAlliancePlan } from '../../../../src/alliance/check-alliance-plan.ts'
import { checkArenaPlan } from '../../../../src/arena/check-task-plan.ts'
import { planNetwork } from '../../../../src/local/network/network-plan.ts'
import { readPlanFile } from '../../../../src/plan/read-plan-file.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

describe('the plan of a local network', () => {
  it('deals real digits to eight allies, two of them malicious, three trainers and three validators', async () => {
    const directory = temporaryDirectory()
    const plan = await planNetwork({ directory, cache: path.join(directory, 'cache'), rounds: 3 })
    const count = (role: string): number => plan.nodes.filter((node) => node.role === role).length
    expect(['alliance', 'arena-node', 'arena-validator'].map(count)).toEqual([8, 3, 3])
    expect(plan.nodes.flatMap(({ attack }) => attack ?? [])).toEqual(['label-flip', 'lying-votes'])
    const digests = new Set<string>()
    for (const { file, rows } of plan.nodes) {
      const { dataset } = await loadDataset(file, plan.manifest.data)
      expect(rows).toContain(`${dataset.count} digits`)
      digests.add((await readFile(file)).toString('base64url').slice(-2_000))
    }
    expect(digests.size).toBe(plan.nodes.length)
    const read = await readPlanFile(plan.manifestFile)
    expect(read.cid).toBe(plan.manifestCid)
    expect(() => checkAlliancePlan(read)).not.toThrow()
    expect(() => checkArenaPlan(read, 'accuracy')).not.toThrow()
  })
})
