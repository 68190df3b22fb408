import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { engineDirectory } from '../../packages/node/src/engines/engine-directory.ts'

/** Largest difference of a weight between two engines after 20 steps (docs/ENGINES.md); measured: 6e-8. */
const TOLERANCE = 1e-6
const ROOT = path.join(import.meta.dirname, '../..')
const CHROMIUM = '/usr/lib/chromium'
/** A graphics adapter in software, which Debian's chromium brings with its own loader of Vulkan drivers. */
const SWIFTSHADER = path.join(CHROMIUM, 'vk_swiftshader_icd.json')
const hasSwiftshader = existsSync(SWIFTSHADER)
/** Kept from run to run, and away from the user's engines, which --engine auto looks at. */
const CACHE = path.join(ROOT, 'node_modules/.cache/fednode-engines')
const env = {
  ...process.env,
  FEDNODE_ENGINES: CACHE,
  ...(hasSwiftshader ? { VK_ICD_FILENAMES: SWIFTSHADER, LD_LIBRARY_PATH: CHROMIUM } : {}),
}

const trainedSchema = z.object({ steps: z.literal(20), weights: z.array(z.number()) })
const testedSchema = z.object({
  data: z.object({ engine: z.object({ works: z.literal(true), selfTestError: z.number() }) }),
})

async function run(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...args], { cwd: ROOT, env })
  return stdout
}

async function trainOn(
  backend: string,
  { directory = CACHE, loseAt }: { directory?: string; loseAt?: number } = {},
): Promise<readonly number[]> {
  const lost = loseAt === undefined ? [] : [String(loseAt)]
  const said = await run('test/e2e/engines/train-on.ts', backend, directory, ...lost)
  return trainedSchema.parse(JSON.parse(said)).weights
}

function distance(one: readonly number[], other: readonly number[]): number {
  if (one.length !== other.length) return Number.NaN
  return Math.max(...one.map((value, i) => Math.abs(value - (other[i] ?? Number.NaN))))
}

describe('engines', () => {
  let reference: readonly number[]
  beforeAll(async () => {
    reference = await trainOn('wasm')
  })

  it('gives the same bits on wasm twice, and the same weights within the tolerance on cpu', async () => {
    expect(await trainOn('wasm')).toEqual(reference)
    expect(distance(await trainOn('cpu'), reference)).toBeLessThan(TOLERANCE)
  })

  it.skipIf(!hasSwiftshader)(
    `trains on webgpu with the same weights although the device is lost (needs ${SWIFTSHADER}: apt-get install chromium)`,
    async () => {
      const cli = 'packages/node/src/bin.ts'
      // The installation tests what it has installed.
      const verb = existsSync(path.join(CACHE, 'webgpu')) ? 'test' : 'install'
      const tested = await run(cli, 'engine', verb, 'webgpu', '--json')
      expect(testedSchema.parse(JSON.parse(tested)).data.engine.selfTestError).toBeLessThan(1e-5)
      expect(distance(await trainOn('webgpu', { loseAt: 5 }), reference)).toBeLessThan(TOLERANCE)
    },
  )

  const own = engineDirectory(process.env)
  it.skipIf(!existsSync(path.join(own, 'tfjs-node')))(
    'trains on tfjs-node with the same weights (needs: fednode engine install tfjs-node)',
    async () => {
      const trained = await trainOn('tfjs-node', { directory: own })
      expect(distance(trained, reference)).toBeLessThan(TOLERANCE)
      expect(await trainOn('tfjs-node', { directory: own })).toEqual(trained)
    },
  )
})
