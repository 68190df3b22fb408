import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryDirectory } from '../temporary-directory.ts'

const BIN = fileURLToPath(new URL('../../../src/bin.ts', import.meta.url))

type Started = {
  readonly child: ChildProcess
  readonly output: { stdout: string; stderr: string }
  /** Exit code, when its output is complete. */
  readonly ended: Promise<number | null>
  line(): Promise<string>
}

function start(argv: readonly string[], env: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, [BIN, ...argv], {
    cwd: temporaryDirectory(),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output.stderr += text
  })
  return {
    child,
    output,
    ended: once(child, 'close').then(([code]) => code),
    async line() {
      while (!output.stdout.includes('\n')) await once(child.stdout, 'data')
      return output.stdout.split('\n')[0] ?? ''
    },
  }
}

/** Whether something listens on the port. */
async function isOpen(port: number): Promise<boolean> {
  const server = createServer()
  const { promise, resolve } = Promise.withResolvers<boolean>()
  server.once('error', () => resolve(true))
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)))
  return promise
}

async function startChain(env: Record<string, string> = {}) {
  const chain = start(['chain', 'local', '--port', '0', '--json'], env)
  const ready: { rpc: string; orchestrator: string; currency: string } = JSON.parse(
    await chain.line(),
  )
  return { ...chain, ready, port: Number(new URL(ready.rpc).port) }
}

test('the command line works as a program: help on stdout, errors on stderr, exit codes', async () => {
  const help = start(['--help'])
  expect(await help.ended).toBe(0)
  expect(help.output.stdout).toContain('Usage: fednode')
  expect(help.output.stderr).toBe('')
  const wrong = start(['jion'])
  expect(await wrong.ended).toBe(2)
  expect(wrong.output).toEqual({
    stdout: '',
    stderr:
      'fednode: unknown command "jion"\n         Did you mean join? See  fednode --help   [exit 2]\n',
  })
})

test('the local chain deploys at the addresses that other commands take for granted, and Ctrl-C ends it', async () => {
  const { child, ready, port, ended } = await startChain()
  expect(ready).toMatchObject({
    orchestrator: '0x9fe46736679d2d9a65f0992f2272de9f3c7fa6e0',
    currency: '0x5fbdb2315678afecb367f032d93f642f64180aa3',
  })
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(await isOpen(port)).toBe(false)
})

test('a child whose parent is gone stops, and its own child with it', async () => {
  const { child, port, ended } = await startChain({ FEDNODE_PARENT: '1' })
  child.stdin?.end()
  expect(await ended).toBe(0)
  expect(await isOpen(port)).toBe(false)
})
