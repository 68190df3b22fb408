import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, readdirSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { until } from './until.ts'

const BIN = fileURLToPath(new URL('../../../packages/node/src/bin.ts', import.meta.url))
const KEPT_LINES = 30
const STOP_MS = 10_000

/** One line of a command's --json stream. */
export type CliEvent = {
  readonly type?: string
  readonly round?: number
  readonly status?: string
} & Record<string, unknown>

/** How one life of a process ended. */
export type Ending = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

/** What the system says a living process uses. */
export type Usage = { readonly residentBytes: number; readonly openFiles: number }

/** A `fednode` command that is started, killed and started again with the same words. */
export type CliProcess = {
  readonly name: string
  /** What it said, over all its lives. */
  readonly events: readonly CliEvent[]
  /** Undefined while no life has ended. */
  ending(): Ending | undefined
  isRunning(): boolean
  /** Undefined when it does not run. */
  pid(): number | undefined
  /** The newest lines of stderr. */
  lastWords(): string
  start(env?: Readonly<Record<string, string>>): void
  signal(signal: NodeJS.Signals): void
  /** Waits for the end of the life that runs now, or ended last. */
  ended(timeoutMs: number): Promise<Ending>
  /** Undefined when it does not run. */
  usage(): Usage | undefined
  /** SIGTERM, and SIGKILL when that is not enough. */
  stop(): Promise<void>
}

/** @param options - `prefix`: words before the program, such as `ip netns exec NAME`; `flags`: of Node.js. */
export function createCliProcess(options: {
  readonly name: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly logFile: string
  readonly prefix?: readonly string[]
  readonly flags?: readonly string[]
}): CliProcess {
  const { name, args, cwd, logFile, prefix = [], flags = [] } = options
  const events: CliEvent[] = []
  const kept: string[] = []
  let child: ChildProcess | undefined
  let last: Ending | undefined
  const isRunning = (): boolean => child !== undefined
  const self: CliProcess = {
    name,
    events,
    ending: () => last,
    isRunning,
    pid: () => child?.pid,
    lastWords: () => kept.join('\n'),
    start(env = {}) {
      const words = [...prefix, process.execPath, ...flags, BIN, ...args]
      const [program = '', ...rest] = words
      const started = spawn(program, rest, {
        cwd,
        // Its end of input: when this process dies, so does the child (runtime/parent-watch.ts).
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { PATH: process.env.PATH, HOME: process.env.HOME, FEDNODE_PARENT: '1', ...env },
        detached: true,
      })
      child = started
      started.stdin.on('error', () => {})
      listen(started, { events, kept, logFile })
      void once(started, 'close').then(([code, signal]) => {
        last = { code, signal }
        if (child === started) child = undefined
      })
    },
    signal: (signal) => void child?.kill(signal),
    async ended(timeoutMs) {
      await until(`the end of ${name}`, () => !isRunning(), timeoutMs)
      return last ?? { code: null, signal: null }
    },
    usage: () => (child?.pid === undefined ? undefined : usageOf(child.pid)),
    async stop() {
      // A frozen process hears nothing but SIGKILL.
      child?.kill('SIGCONT')
      child?.kill('SIGTERM')
      await until(`the end of ${name}`, () => !isRunning(), STOP_MS).catch(() => {
        child?.kill('SIGKILL')
      })
      await self.ended(STOP_MS)
    },
  }
  return self
}

function listen(
  child: ChildProcess,
  to: { readonly events: CliEvent[]; readonly kept: string[]; readonly logFile: string },
): void {
  const { events, kept, logFile } = to
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 })
  if (child.stdout !== null)
    createInterface({ input: child.stdout }).on('line', (line) => {
      // A killed process may leave half a line.
      const event = parse(line)
      if (event !== undefined) events.push(event)
    })
  if (child.stderr !== null)
    createInterface({ input: child.stderr }).on('line', (line) => {
      log.write(`${line}\n`)
      kept.push(line)
      if (kept.length > KEPT_LINES) kept.shift()
    })
  child.once('close', () => log.end())
}

function parse(line: string): CliEvent | undefined {
  try {
    return JSON.parse(line) as CliEvent
  } catch {
    return undefined
  }
}

function usageOf(pid: number): Usage | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0)
    return {
      residentBytes: kilobytes * 1_024,
      openFiles: readdirSync(`/proc/${pid}/fd`).length,
    }
  } catch {
    // It ended while we looked.
    return undefined
  }
}
