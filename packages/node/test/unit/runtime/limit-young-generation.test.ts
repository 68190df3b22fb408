import { execFile } from 'node:child_process'
import process from 'node:process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const MODULE = new URL('../../../src/runtime/limit-young-generation.ts', import.meta.url).href

/** MiB that the space for new objects takes before and after much garbage, in a process of its own. */
async function newSpace(call: string): Promise<{ before: number; after: number }> {
  const script = `
    import v8 from 'node:v8'
    import { limitYoungGeneration } from ${JSON.stringify(MODULE)}
    const size = () =>
      v8.getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size / 2 ** 20
    ${call}
    const before = size()
    const kept = []
    for (let i = 0; i < 200; i++) kept[i % 20] = Array.from({ length: 20_000 }, (_, j) => ({ j }))
    console.log(JSON.stringify({ before, after: size() }))`
  const args = ['--input-type=module', '-e', script]
  return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout)
}

test('a process that allocates much stays small once its young generation is limited', async () => {
  const limited = await newSpace('limitYoungGeneration()')
  // Its second half is counted from the first collection on.
  expect(limited.after).toBeLessThanOrEqual(2 * limited.before)
  const free = await newSpace('')
  expect(free.after).toBeGreaterThan(2 * limited.after)
})
