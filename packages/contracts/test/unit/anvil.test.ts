import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { UserError } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { anvilPath, connectChain, startAnvil } from '../../src/index.ts'

// Processes are looked up in /proc.
const onLinux = it.skipIf(process.platform !== 'linux')
const PARENT = fileURLToPath(new URL('../support/anvil-parent.ts', import.meta.url))

describe('startAnvil', () => {
  it('finds the binary that npm installed', () => {
    expect(existsSync(anvilPath())).toBe(true)
  })

  onLinux('answers when it resolves, on loopback, and is gone when stopped, twice', async () => {
    const { rpcUrl, process: guard, stop } = await startAnvil()
    expect(new URL(rpcUrl).hostname).toBe('127.0.0.1')
    const [anvil] = childrenOf(guard.pid)
    const reader = await connectChain({ rpcUrl })
    expect(reader.chainId).toBe(31_337)
    await Promise.all([stop(), stop()])
    await stop()
    expect(isAlive(guard.pid)).toBe(false)
    expect(isAlive(anvil)).toBe(false)
  })

  it('names the port that is in use', async () => {
    const first = await startAnvil()
    const port = Number(new URL(first.rpcUrl).port)
    const error = await startAnvil({ port }).catch((thrown: unknown) => thrown)
    await first.stop()
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).info).toMatchObject({ code: 'PORT_IN_USE', fault: 'usage' })
    expect((error as UserError).message).toContain(String(port))
  })

  it('starts at the time that is asked for, with the chain id that is asked for', async () => {
    const { rpcUrl, stop } = await startAnvil({ chainId: 4_242, genesisTime: 1_900_000_000 })
    const reader = await connectChain({ rpcUrl })
    expect(reader.chainId).toBe(4_242)
    expect((await reader.public.getBlock()).timestamp).toBe(1_900_000_000n)
    await stop()
  })

  onLinux.each(['SIGKILL', 'SIGTERM'] as const)(
    'leaves nothing behind after %s',
    async (signal) => {
      const parent = spawn(process.execPath, [PARENT], { stdio: ['ignore', 'pipe', 'inherit'] })
      const [line] = await once(parent.stdout.setEncoding('utf8'), 'data')
      const { guard } = JSON.parse(String(line)) as { guard: number }
      const [anvil] = childrenOf(guard)
      expect(isAlive(guard)).toBe(true)
      expect(isAlive(anvil)).toBe(true)
      parent.kill(signal)
      await once(parent, 'exit')
      await expect.poll(() => isAlive(guard) || isAlive(anvil), { timeout: 5_000 }).toBe(false)
    },
  )
})

function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false
  try {
    process.kill(pid, 0)
    // A zombie has ended; its parent has not asked for its status yet.
    return !/^State:\s+Z/m.test(statusOf(pid))
  } catch {
    return false
  }
}

function childrenOf(pid: number | undefined): number[] {
  const isChild = (name: string): boolean =>
    new RegExp(`^PPid:\\s+${pid}$`, 'm').test(statusOf(name))
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isChild(name))
    .map(Number)
}

function statusOf(pid: number | string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}
