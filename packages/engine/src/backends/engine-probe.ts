import { type ChildProcess, fork } from 'node:child_process'
import type { BackendName } from '../types.ts'
import type { EnginePlace } from './engine-place.ts'
import { type EngineProblem, explainEngineProblem } from './engine-problem.ts'
import { isExact } from './self-test.ts'

/** What the child process is asked for. */
export type ProbeTask = { readonly backend: BackendName; readonly place: EnginePlace }

/** What it answers: measures, or what the failure said. */
export type ProbeAnswer =
  | { readonly error: number; readonly samplesPerSecond: number; readonly device?: string }
  | { readonly said: string }

/** What a back end can do on this machine. */
export type EngineProbe =
  | {
      readonly works: true
      /** Largest deviation in the self-test. */
      readonly error: number
      /** In the training of a small CNN (403,242 weights). */
      readonly samplesPerSecond: number
      /** The graphics adapter, for webgpu. */
      readonly device?: string
    }
  | ({ readonly works: false; readonly error?: number } & EngineProblem)

const PROCESS = new URL('./engine-probe-process.ts', import.meta.url)
/** A GPU's first start compiles its kernels. */
const PATIENCE_MS = 120_000
const MAX_STDERR = 65_536

/**
 * Starts, tests and measures a back end in a process of its own: a native library that crashes takes only that one along.
 * @param options - `env` is the child's whole environment.
 */
export async function probeEngine(
  backend: BackendName,
  options: {
    readonly place: EnginePlace
    readonly env: Readonly<Record<string, string | undefined>>
    readonly signal?: AbortSignal
  },
): Promise<EngineProbe> {
  const { place, env, signal } = options
  const child = fork(PROCESS, {
    env: { ...env },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: PATIENCE_MS,
    ...(signal === undefined ? {} : { signal }),
  })
  const task: ProbeTask = { backend, place }
  child.send(task)
  const { answer, said } = await outcomeOf(child)
  signal?.throwIfAborted()
  return answer !== undefined && 'error' in answer
    ? judge(answer)
    : { works: false, ...explainEngineProblem(`${said}\n${answer?.said ?? ''}`) }
}

function judge(answer: Extract<ProbeAnswer, { readonly error: number }>): EngineProbe {
  if (isExact(answer.error)) return { works: true, ...answer }
  const { error } = answer
  const reason = `its results are wrong by ${error.toExponential(1)}`
  return {
    works: false,
    error,
    reason,
    fix: "Update the graphics card's driver, or install it again.",
  }
}

/** The child's answer, if it gave one, and what it and its end said. */
function outcomeOf(
  child: ChildProcess,
): Promise<{ readonly answer: ProbeAnswer | undefined; readonly said: string }> {
  const { promise, resolve } = Promise.withResolvers<{
    answer: ProbeAnswer | undefined
    said: string
  }>()
  let answer: ProbeAnswer | undefined
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MAX_STDERR)
  })
  // Our own child sends one answer and nothing else.
  child.on('message', (message) => {
    answer = message as ProbeAnswer
  })
  child.on('error', ({ message }) => {
    said += `\n${message}`
  })
  child.on('close', (_code, signal) => {
    const end = signal === null ? '' : `\nit was ended by ${signal}`
    resolve({ answer, said: said + end })
  })
  return promise
}
