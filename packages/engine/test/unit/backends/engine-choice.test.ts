import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  chooseEngine,
  type EngineFinding,
  fastestOf,
  findEngine,
} from '../../../src/backends/engine-choice.ts'
import type { BackendName } from '../../../src/types.ts'

const surroundings = () => ({
  place: { directory: mkdtempSync(path.join(tmpdir(), 'engines-')) },
  env: { PATH: process.env.PATH },
})

function working(backend: BackendName, samplesPerSecond: number): EngineFinding {
  return { backend, probe: { works: true, error: 0, samplesPerSecond } }
}

describe('fastestOf', () => {
  it('takes the fastest that works and says of each other one why not', () => {
    const broken = { works: false, reason: 'no driver', fix: 'Install it.' } as const
    const choice = fastestOf([
      { backend: 'tfjs-node-gpu', probe: broken },
      working('tfjs-node', 2000),
      working('wasm', 1000.4),
    ])
    expect(choice).toEqual({
      backend: 'tfjs-node',
      samplesPerSecond: 2000,
      skipped: [
        { backend: 'tfjs-node-gpu', reason: 'no driver' },
        { backend: 'wasm', reason: 'slower: 1000 samples/s against 2000 samples/s' },
      ],
    })
  })

  it('does not take a graphics adapter that is slower than the processor', () => {
    expect(fastestOf([working('webgpu', 4), working('wasm', 1000)]).backend).toBe('wasm')
  })
})

describe('chooseEngine', () => {
  it('takes wasm where nothing is installed', async () => {
    const choice = await chooseEngine(surroundings())
    expect(choice.backend).toBe('wasm')
    expect(choice.skipped).toEqual(
      ['tfjs-node-gpu', 'tfjs-node', 'webgpu'].map((backend) => ({
        backend,
        reason: 'it is not installed',
      })),
    )
  })
})

describe('findEngine', () => {
  it('tests and measures a back end in a process of its own', async () => {
    const { probe } = await findEngine('wasm', surroundings())
    expect(probe).toMatchObject({ works: true })
    if (probe.works) expect(probe.samplesPerSecond).toBeGreaterThan(0)
  })

  it('says how to install what is not here', async () => {
    const { probe } = await findEngine('tfjs-node', surroundings())
    expect(probe).toEqual({
      works: false,
      reason: 'it is not installed',
      fix: 'fednode engine install tfjs-node  installs it.',
    })
  })

  it.each(['{', '[]', '{"version":1}'])('says that a record %s is damaged', async (record) => {
    const known = surroundings()
    const folder = path.join(known.place.directory, 'webgpu')
    mkdirSync(folder)
    writeFileSync(path.join(folder, 'installed.json'), record)
    const { probe } = await findEngine('webgpu', known)
    expect(probe).toMatchObject({
      works: false,
      fix: 'fednode engine install webgpu  installs it.',
    })
    if (!probe.works) expect(probe.reason).toContain('is damaged')
  })

  it('says what is missing of an engine that is only half there', async () => {
    const known = surroundings()
    const folder = path.join(known.place.directory, 'webgpu')
    mkdirSync(folder)
    writeFileSync(path.join(folder, 'installed.json'), '{"version":"1","library":"Dawn"}')
    const { probe } = await findEngine('webgpu', known)
    expect(probe).toMatchObject({ works: false })
    if (!probe.works) expect(probe.reason).toContain('index.js is missing')
  })
})
