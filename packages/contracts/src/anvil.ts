import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { UserError } from '@fednode/protocol'
import { anvilPath } from './anvil-path.ts'
import { LOCAL_CHAIN_ID } from './dev-accounts.ts'

/** Longest wait for anvil's first line; a cold disk needs a few seconds. */
const ANVIL_START_TIMEOUT_MS = 20_000
/** How long `stop` waits before it kills the guard as well. */
const ANVIL_STOP_TIMEOUT_MS = 2_000

const MAX_KEPT_OUTPUT = 4_096
/** All addresses of this machine. */
const EVERYWHERE = '0.0.0.0'
/** Only this machine reaches it. */
const LOOPBACK = '127.0.0.1'
/** The rules that the contracts are compiled for and gas is measured by (CONTRACTS.md 6). */
const HARDFORK = 'osaka'

export type AnvilOptions = {
  /** 0 (the default) takes any free port. */
  readonly port?: number
  /** IPv4 address to listen on: who reaches it may do anything to the chain. @default 127.0.0.1 */
  readonly host?: string
  /** 31337 unless a test needs another. */
  readonly chainId?: number
  /** Unix seconds of the first block; the machine's clock when left out. */
  readonly genesisTime?: number
}

/** A running local chain. */
export type Anvil = {
  readonly rpcUrl: string
  /** The guard process; anvil is its child and never outlives it. */
  readonly process: ChildProcess
  /** Ends the chain, which is forgotten. May be called twice; resolves when the process is gone. */
  readonly stop: () => Promise<void>
}

/**
 * Starts an in-memory chain that mines every transaction at once and resolves when it answers. It dies with this
 * process, also when that is killed with SIGKILL: anvil-guard.ts sees the pipe close.
 * @throws {UserError} PORT_IN_USE (usage) naming the port; ANVIL_MISSING (usage); ANVIL_FAILED (chain) with anvil's own words.
 */
export async function startAnvil(options: AnvilOptions = {}): Promise<Anvil> {
  const { port = 0, host = LOOPBACK } = options
  const guard = spawn(
    process.execPath,
    [fileURLToPath(new URL('./anvil-guard.ts', import.meta.url)), anvilPath(), ...flags(options)],
    // Detached: Ctrl-C reaches a whole process group, but the chain has to outlive those who still settle on it.
    { stdio: ['pipe', 'pipe', 'pipe'], detached: true },
  )
  const stop = stopper(guard)
  try {
    const bound = await listeningPort(guard, port)
    return {
      rpcUrl: `http://${host === EVERYWHERE ? LOOPBACK : host}:${bound}`,
      process: guard,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function flags(options: AnvilOptions): string[] {
  const { port = 0, host = LOOPBACK, chainId = LOCAL_CHAIN_ID, genesisTime } = options
  const time = genesisTime === undefined ? [] : ['--timestamp', String(genesisTime)]
  const fixed = ['--host', host, '--hardfork', HARDFORK, '--color', 'never']
  return [...fixed, '--port', String(port), '--chain-id', String(chainId), ...time]
}

async function listeningPort(guard: ChildProcess, port: number): Promise<number> {
  const errors = keepOutput(guard.stderr)
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const timer = setTimeout(() => reject(failed('did not start in time')), ANVIL_START_TIMEOUT_MS)
  guard.once('error', (cause) => reject(failed('could not be started', cause)))
  // `close` comes after the last output, `exit` may come before it.
  guard.once('close', () => {
    const text = errors()
    reject(/address already in use/i.test(text) ? portInUse(port) : failed(`ended: ${text.trim()}`))
  })
  onLine(guard.stdout, (line) => {
    const match = /^Listening on [\d.]+:(\d+)$/.exec(line)
    if (match !== null) resolve(Number(match[1]))
  })
  return promise.finally(() => clearTimeout(timer))
}

function onLine(stream: Readable | null, see: (line: string) => void): void {
  // Reading goes on to the end: anvil logs every request, and a full pipe would stop it.
  if (stream !== null) createInterface({ input: stream }).on('line', see)
}

function keepOutput(stream: Readable | null): () => string {
  let kept = ''
  stream?.setEncoding('utf8').on('data', (text: string) => {
    kept = (kept + text).slice(-MAX_KEPT_OUTPUT)
  })
  return () => kept
}

function stopper(guard: ChildProcess): () => Promise<void> {
  let stopped: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    if (guard.exitCode !== null || guard.signalCode !== null || guard.pid === undefined) return
    const gone = once(guard, 'exit')
    guard.stdin?.end()
    const timer = setTimeout(() => guard.kill('SIGKILL'), ANVIL_STOP_TIMEOUT_MS)
    await gone
    clearTimeout(timer)
  }
  return () => {
    stopped ??= stop()
    return stopped
  }
}

function portInUse(port: number): UserError {
  return new UserError('usage', `port ${port} is in use, so the local chain cannot listen there`, {
    code: 'PORT_IN_USE',
    hint: 'Stop what listens there, or choose another port; 0 takes any free one.',
  })
}

function failed(what: string, cause?: unknown): UserError {
  return new UserError('chain', `the local chain (anvil) ${what}`, { code: 'ANVIL_FAILED', cause })
}
