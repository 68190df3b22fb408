import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../framework/run-cli.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

/** Runs a command where no engine is installed, and no tool either. */
async function run(directory: string, ...argv: readonly string[]) {
  const env = { FEDNODE_ENGINES: directory, PATH: '' }
  const { code, stdout, stderr } = await runCli([...argv, '--json'], {
    io: { env, cwd: directory },
  })
  return { code, stderr, document: JSON.parse(stdout) }
}

describe('engine list', () => {
  it('measures what comes with fednode and says how to get the rest', async () => {
    const directory = temporaryDirectory()
    const { code, document } = await run(directory, 'engine', 'list')
    expect(code).toBe(0)
    const { auto, engines } = document.data
    expect(auto).toBe('wasm')
    expect(engines.map(({ name }: { name: string }) => name)).toEqual([
      ...['tfjs-node-gpu', 'tfjs-node', 'webgpu', 'wasm', 'cpu'],
    ])
    expect(engines[1]).toMatchObject({
      ...{ installed: false, version: null, works: false, reason: 'it is not installed' },
      ...{ fix: 'fednode engine install tfjs-node  installs it.', samplesPerSecond: null },
    })
    expect(engines[3]).toMatchObject({ installed: true, works: true, reason: null })
    expect(engines[3].samplesPerSecond).toBeGreaterThan(engines[4].samplesPerSecond)
    expect(engines[3].selfTestError).toBeLessThan(1e-6)
  })
})

describe('engine test', () => {
  it('passes wasm', async () => {
    const { code, document } = await run(temporaryDirectory(), 'engine', 'test', 'wasm')
    expect(code).toBe(0)
    expect(document.data).toMatchObject({ tolerance: 1e-5, engine: { works: true } })
  })

  it('exits as a data failure for an engine that is not there', async () => {
    const { code, document } = await run(temporaryDirectory(), 'engine', 'test', 'webgpu')
    expect(code).toBe(6)
    expect(document.data.engine).toMatchObject({ works: false, reason: 'it is not installed' })
  })

  it('refuses a name that is no engine', async () => {
    const { code, stderr } = await run(temporaryDirectory(), 'engine', 'test', 'abacus')
    expect(code).toBe(2)
    expect(stderr).toContain('one of tfjs-node-gpu, tfjs-node, webgpu, wasm, cpu')
  })
})

describe('engine install', () => {
  it('says what is missing, and leaves nothing behind', async () => {
    const directory = temporaryDirectory()
    const { code, document } = await run(directory, 'engine', 'install', 'webgpu')
    expect(code).toBe(6)
    expect(document.error).toMatchObject({ code: 'TOOL_MISSING' })
    expect(document.error.message).toBe('npm is not on this machine: it is needed to fetch webgpu')
    expect(readdirSync(directory)).toEqual([])
  })

  it('looks for a compiler before it fetches anything', async () => {
    const { code, document } = await run(temporaryDirectory(), 'engine', 'install', 'tfjs-node')
    expect(code).toBe(6)
    expect(document.error).toMatchObject({ code: 'TOOL_MISSING' })
    expect(document.error.message).toMatch(/^c\+\+ is not on this machine/)
  })

  it('keeps the engine that was there when a new one does not get so far', async () => {
    const directory = temporaryDirectory()
    const record = path.join(directory, 'webgpu', 'installed.json')
    mkdirSync(path.dirname(record))
    writeFileSync(record, '{"version":"1","library":"Dawn"}')
    const packages = ['--packages', '.']
    const { code, document } = await run(directory, 'engine', 'install', 'webgpu', ...packages)
    expect(code).toBe(6)
    expect(document.error).toMatchObject({ code: 'PACKAGE_MISSING' })
    expect(existsSync(record)).toBe(true)
  })

  it.each([
    [['webgpu', '--wheel', 'a.whl']],
    [['tfjs-node', '--wheel', 'a.whl', '--libtensorflow', 'lib']],
  ])('refuses options that do not go together: %j', async (argv) => {
    const { code, document } = await run(temporaryDirectory(), 'engine', 'install', ...argv)
    expect(code).toBe(2)
    expect(document.error.code).toBe('BAD_OPTION')
  })
})
