import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { anvilPath } from '../../../packages/contracts/src/anvil-path.ts'
import { FaultError } from './fault-error.ts'
import { freePort } from './free-port.ts'

const GUARD = fileURLToPath(
  new URL('../../../packages/contracts/src/anvil-guard.ts', import.meta.url),
)
const LISTENING = /^Listening on /
const FLAGS = ['--hardfork', 'osaka', '--color', 'never', '--chain-id', '31337']

/** A local chain that can be killed and brought back with all of its blocks. */
export type FaultChain = {
  readonly rpcUrl: string
  /** Saves its state, ends it with SIGKILL; nobody answers until `restart`. */
  kill(): Promise<void>
  /** Starts it again, on the same port, with the state that `kill` saved. */
  restart(): Promise<void>
  /** Replaces its newest blocks with as many empty ones: what was in them never happened (`anvil_reorg`). */
  takeBack(blocks: number): Promise<void>
  /** Adds an empty block. */
  mine(): Promise<void>
  stop(): Promise<void>
}

/** @param options - `host`: address to listen on and to be reached at. */
export async function startFaultChain(options: {
  readonly directory: string
  readonly host?: string
}): Promise<FaultChain> {
  const { directory, host = '127.0.0.1' } = options
  const port = await freePort()
  const rpcUrl = `http://${host}:${port}`
  const stateFile = path.join(directory, 'chain.json')
  const flags = [...FLAGS, '--host', host, '--port', String(port)]
  let guard = await startAnvil(flags)
  return {
    rpcUrl,
    async kill() {
      await writeFile(stateFile, await dumpState(rpcUrl))
      // The guard's answer to the end of its input is SIGKILL for anvil.
      await end(guard)
    },
    async restart() {
      guard = await startAnvil([...flags, '--load-state', stateFile])
    },
    takeBack: async (blocks) => void (await call(rpcUrl, 'anvil_reorg', [blocks, []])),
    mine: async () => void (await call(rpcUrl, 'evm_mine', [])),
    stop: () => end(guard),
  }
}

async function startAnvil(flags: readonly string[]): Promise<ChildProcess> {
  const guard = spawn(process.execPath, [GUARD, anvilPath(), ...flags], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let errors = ''
  guard.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-2_000)
  })
  createInterface({ input: guard.stdout }).on('line', (line) => {
    if (LISTENING.test(line)) resolve()
  })
  guard.once('close', () =>
    reject(new FaultError(`anvil ended: ${errors}`, { code: 'PROCESS_FAILED' })),
  )
  await promise
  return guard
}

async function end(guard: ChildProcess): Promise<void> {
  if (guard.exitCode !== null || guard.signalCode !== null) return
  const gone = once(guard, 'close')
  guard.stdin?.end()
  await gone
}

async function dumpState(rpcUrl: string): Promise<Uint8Array> {
  const state = await call(rpcUrl, 'anvil_dumpState', [])
  return gunzipSync(Buffer.from(String(state).slice(2), 'hex'))
}

async function call(rpcUrl: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(rpcUrl, { method: 'POST', headers, body })
  const { result, error } = (await answer.json()) as { result?: unknown; error?: unknown }
  if (error === undefined) return result
  throw new FaultError(`${method}: ${JSON.stringify(error)}`, { code: 'PROCESS_FAILED' })
}
