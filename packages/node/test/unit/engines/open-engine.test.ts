import { silentLogger } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { openDaemonEngine } from '../../../src/engines/open-daemon-engine.ts'
import { openEngine, openEvaluator } from '../../../src/engines/open-engine.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

function context() {
  const said: object[] = []
  const note = (fields: object): void => {
    said.push(fields)
  }
  return {
    said,
    env: { FEDNODE_ENGINES: temporaryDirectory(), PATH: process.env.PATH },
    signal: new AbortController().signal,
    logger: {
      ...silentLogger,
      info: (fields: object) => note({ level: 'info', ...fields }),
      debug: note,
    },
  }
}

describe('openEngine', () => {
  it('takes wasm where nothing is installed, and says why not the others', async () => {
    const here = context()
    const engine = await openEngine({ engine: 'auto' }, here)
    expect(engine.backend).toBe('wasm')
    expect(here.said).toEqual(
      ['tfjs-node-gpu', 'tfjs-node', 'webgpu'].map((name) => ({
        engine: name,
        reason: 'it is not installed',
      })),
    )
  })

  it('says why an engine that was asked for cannot be used, and what would work', async () => {
    await expect(openEngine({ engine: 'webgpu' }, context())).rejects.toMatchObject({
      message: 'engine webgpu cannot be used here: it is not installed',
      info: {
        fault: 'data',
        code: 'ENGINE_UNUSABLE',
        hint: 'fednode engine install webgpu  installs it. Or  --engine auto  takes what works.',
      },
    })
  })
})

describe('openEvaluator', () => {
  it.each([
    ['auto', 'wasm'],
    ['webgpu', 'wasm'],
    ['cpu', 'cpu'],
  ] as const)('takes for %s what every verifier has: %s', async (engine, expected) => {
    expect((await openEvaluator({ engine })).backend).toBe(expected)
  })
})

describe('openDaemonEngine', () => {
  it('tells the log which engine it is, also one that was asked for', async () => {
    const here = context()
    expect((await openDaemonEngine({ engine: 'cpu' }, here)).backend).toBe('cpu')
    expect(here.said).toEqual([{ level: 'info', engine: 'cpu' }])
  })
})
