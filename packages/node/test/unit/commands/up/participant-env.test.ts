import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { participantEnv } from '../../../../src/commands/up/participant-env.ts'
import { resolveArgs } from '../../../../src/framework/resolve-args.ts'
import { forceOptions } from '../../../../src/options/force.ts'
import { memoryOptions } from '../../../../src/options/memory.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

function context(engines: string) {
  const env = { PATH: process.env.PATH, FEDNODE_ENGINES: engines }
  return { env, signal: new AbortController().signal }
}

describe('participantEnv', () => {
  it.each(['webgpu', 'cpu', 'auto'] as const)(
    'hands %s on as it was said where nothing is installed',
    async (engine) => {
      const here = context('/nowhere')
      expect(await participantEnv({ engine, threads: 3, trainers: 2 }, here)).toEqual({
        ...here.env,
        FEDNODE_ENGINE: engine,
        FEDNODE_THREADS: '3',
      })
    },
  )

  it('T37: hands on the floors that were named', async () => {
    const here = context('/nowhere')
    const force = ['PLAN_TINY_BATCH', 'PLAN_HANDFUL_OF_ROWS']
    const { FEDNODE_FORCE } = await participantEnv({ engine: 'wasm', force, trainers: 2 }, here)
    const sources = { flags: {}, env: { FEDNODE_FORCE }, config: { file: '', values: {} } }
    expect(resolveArgs(forceOptions, sources)).toEqual({ force })
  })

  it('hands on how much memory the rows may take', async () => {
    const memoryLimit = 3 * 2 ** 20
    const wanted = { engine: 'wasm', trainers: 2, memoryLimit } as const
    const { FEDNODE_MEMORY_LIMIT } = await participantEnv(wanted, context('/nowhere'))
    const sources = { flags: {}, env: { FEDNODE_MEMORY_LIMIT }, config: { file: '', values: {} } }
    expect(resolveArgs(memoryOptions, sources)).toEqual({ memoryLimit })
  })

  it('shares the cores among the silos, and leaves each one thread at least', async () => {
    const threads = async (trainers: number) =>
      Number(
        (await participantEnv({ engine: 'wasm', trainers }, context('/nowhere'))).FEDNODE_THREADS,
      )
    expect(await threads(1)).toBe(availableParallelism())
    expect(await threads(10_000)).toBe(1)
  })

  it('chooses once for all participants where engines may be installed', async () => {
    const here = context(temporaryDirectory())
    const wanted = { engine: 'auto', webgpuAdapter: 'Radeon', threads: 1, trainers: 2 } as const
    const env = await participantEnv(wanted, here)
    expect(env).toEqual({
      ...here.env,
      FEDNODE_ENGINE: 'wasm',
      FEDNODE_WEBGPU_ADAPTER: 'Radeon',
      FEDNODE_THREADS: '1',
    })
  })
})
