import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Child, startChild } from '../../../src/local/child-process.ts'

const LOCAL_CHAIN = ['chain', 'local', '--port', '0', '--json']

describe('startChild', () => {
  let directory: string
  const children: Child[] = []

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'fednode-child-'))
  })

  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => child.stop()))
    await rm(directory, { recursive: true })
  })

  const start = (args: readonly string[], onLine: (line: string) => void = () => {}): Child => {
    const child = startChild({
      name: 'child',
      args,
      cwd: directory,
      env: { PATH: process.env.PATH },
      logFile: path.join(directory, 'child.log'),
      onLine,
    })
    children.push(child)
    return child
  }

  it('hands over lines while the child runs, and ends without complaint when stopped', async () => {
    const first = Promise.withResolvers<string>()
    const child = start(LOCAL_CHAIN, first.resolve)
    expect(JSON.parse(await first.promise)).toMatchObject({ type: 'ready', chainId: 31337 })
    expect(isAlive(child.pid)).toBe(true)
    await child.stop()
    await expect(child.done).resolves.toBeUndefined()
    expect(isAlive(child.pid)).toBe(false)
    await child.stop()
  })

  it('ends well with a child that ends well', async () => {
    await expect(start(['--version']).done).resolves.toBeUndefined()
  })

  it('fails with the exit code and the last lines of a child that ends badly', async () => {
    const child = start(['no-such-command'])
    await expect(child.done).rejects.toMatchObject({
      info: { code: 'LOCAL_CHILD_ENDED', fault: 'usage' },
      message: expect.stringMatching(/child ended unexpectedly \(exit 2\)\n.*no-such-command/),
    })
    expect(await readFile(path.join(directory, 'child.log'), 'utf8')).toContain('no-such-command')
  })

  it('fails in the words and with the fault of a child that explains itself', async () => {
    await writeFile(path.join(directory, 'federation.yaml'), 'version: 1')
    const child = start(['federation', 'show', 'federation.yaml', '--json'])
    await expect(child.done).rejects.toMatchObject({
      info: { fault: 'usage' },
      message: expect.stringMatching(/^child: federation.yaml/),
    })
  })

  it('names the signal of a child that was killed', async () => {
    const ready = Promise.withResolvers<string>()
    const child = start(LOCAL_CHAIN, ready.resolve)
    await ready.promise
    process.kill(child.pid, 'SIGKILL')
    await expect(child.done).rejects.toMatchObject({ info: { signal: 'SIGKILL', exitCode: null } })
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    // ESRCH: gone.
    return false
  }
}
