import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type ChildProblem, childEnded, parseChildProblem } from './child-ended.ts'
import { readLines } from './lines.ts'

/** How long a child may take to stop before it is killed; Ctrl-C must leave nothing behind after 3 s. */
export const CHILD_STOP_TIMEOUT_MS = 2_000
const KEPT_LINES = 12

/** A `fednode` process that this process started and owns. */
export type Child = {
  readonly name: string
  readonly pid: number
  /** Resolves when it ended well, or after `stop`. @throws what childEnded makes of any other end. */
  readonly done: Promise<void>
  /** Asks it to stop, then kills it; resolves when it is gone. May be called twice. */
  stop(): Promise<void>
}

type ChildState = { stopping: boolean; problem?: ChildProblem | undefined }

/**
 * Starts the same CLI in a process of its own. Its stdin stays open as long as this process lives: when it closes, the child stops by
 * itself (runtime/parent-watch.ts), so that even kill -9 of this process leaves none behind.
 */
export function startChild(options: {
  readonly name: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Its stderr goes here, for whoever looks later. */
  readonly logFile: string
  readonly onLine: (line: string) => void
}): Child {
  const { name } = options
  const bin = fileURLToPath(new URL('../bin.ts', import.meta.url))
  const child = spawn(process.execPath, [bin, ...options.args], {
    cwd: options.cwd,
    env: { ...options.env, FEDNODE_PARENT: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
    // Its own group: a Ctrl-C at the terminal reaches this process only, which then stops its children in order.
    detached: true,
  })
  const state: ChildState = { stopping: false }
  readLines(child.stdout, (line) => {
    state.problem = parseChildProblem(line) ?? state.problem
    options.onLine(line)
  })
  const output = keepLines(child, options.logFile)
  // Writing to a child that is gone is no error of ours: its end is reported by `done`.
  child.stdin.on('error', () => {})
  return {
    name,
    pid: child.pid ?? 0,
    done: ended(child, { name, output, state }),
    stop: stopper(child, state),
  }
}

async function ended(
  child: ChildProcess,
  about: { name: string; output: readonly string[]; state: ChildState },
): Promise<void> {
  const [exitCode, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (exitCode === 0 || about.state.stopping) return
  const { name, output, state } = about
  throw childEnded({ name, exitCode, signal, output: output.join('\n'), problem: state.problem })
}

function keepLines(child: ChildProcess, logFile: string): readonly string[] {
  const log = createWriteStream(logFile, { mode: 0o600 })
  const kept: string[] = []
  if (child.stderr === null) return kept
  readLines(child.stderr, (line) => {
    log.write(`${line}\n`)
    kept.push(line)
    if (kept.length > KEPT_LINES) kept.shift()
  })
  child.once('close', () => log.end())
  return kept
}

function stopper(child: ChildProcess, state: ChildState): () => Promise<void> {
  return async () => {
    state.stopping = true
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
    const gone = once(child, 'close')
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), CHILD_STOP_TIMEOUT_MS)
    await gone
    clearTimeout(timer)
  }
}
