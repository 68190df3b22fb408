import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acquireDirectoryLock } from '../../../src/journal/directory-lock.ts'

const MODULE = join(import.meta.dirname, '../../../src/journal/directory-lock.ts')
const HOLD = `
  const { acquireDirectoryLock } = await import(${JSON.stringify(MODULE)})
  try { acquireDirectoryLock(process.argv[1]); console.log('held'); setInterval(() => {}, 1000) }
  catch (error) { console.log(error.code); process.exit(3) }`

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fednode-lock-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

describe('acquireDirectoryLock', () => {
  it('T43: refuses a second owner in the same process and says who holds it', () => {
    const lock = acquireDirectoryLock(directory)
    expect(() => acquireDirectoryLock(directory)).toThrow(
      expect.objectContaining({
        code: 'DIRECTORY_LOCKED',
        message: expect.stringContaining(`process ${process.pid} `),
      }),
    )
    lock.release()
    lock.release()
    acquireDirectoryLock(directory).release()
  })

  it('T43: refuses a second process while the first lives, and takes over after kill -9', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', HOLD, directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      await once(child.stdout, 'data')
      const second = spawnSync(process.execPath, ['--input-type=module', '-e', HOLD, directory], {
        timeout: 10_000,
      })
      expect(second.stdout.toString().trim()).toBe('DIRECTORY_LOCKED')
      expect(() => acquireDirectoryLock(directory)).toThrow(`process ${child.pid} `)
    } finally {
      child.kill('SIGKILL')
      await once(child, 'close')
    }
    const lock = acquireDirectoryLock(directory)
    expect(lock.takenOver?.pid).toBe(child.pid)
    expect(JSON.parse(readFileSync(join(directory, 'lock.json'), 'utf8')).pid).toBe(process.pid)
    lock.release()
    expect(existsSync(join(directory, 'lock.json'))).toBe(false)
    expect(acquireDirectoryLock(directory).takenOver).toBeUndefined()
  })

  it('T42: keeps its files to the owner', () => {
    const lock = acquireDirectoryLock(directory)
    for (const name of ['lock.json', 'lock.sqlite']) {
      expect(statSync(join(directory, name)).mode & 0o077).toBe(0)
    }
    lock.release()
  })
})
