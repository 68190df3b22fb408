import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CliProcess } from './cli-process.ts'
import { FaultError } from './fault-error.ts'
import type { Federation } from './federation.ts'

const LOOK_MS = 25
/** A silo or an aggregator of a few kilobytes of model has no use for more. */
const MAX_RESIDENT_BYTES = 512 * 1_048_576
const MAX_OPEN_FILES = 256

/** What happens to the processes while they play. */
export type Script = {
  /** Environment of the life that begins now. */
  envOf?(process: CliProcess): Readonly<Record<string, string>>
  /** A life ended with SIGKILL; it is started again at once. */
  onKilled?(process: CliProcess): void
  /** A process has stopped itself (order `freeze`); it goes on when this resolves. */
  onFrozen?(process: CliProcess): Promise<void>
  /** Whether this end of a life is part of the plan: then `disturb` starts it again. */
  forgives?(process: CliProcess): boolean
  /** Once, beside everything, after the start. */
  disturb?(): Promise<void>
  /** However it ended. */
  onEnd?(): void
  readonly timeoutMs: number
}

/**
 * Starts every process and plays to the end: whoever is killed is started again, until all have ended by themselves.
 * @throws {FaultError} PROCESS_FAILED for any other end, or for one that takes too much memory or too many files; FAULT_TIMEOUT.
 */
export async function play(federation: Federation, script: Script): Promise<void> {
  try {
    await playOn(federation, script)
  } finally {
    script.onEnd?.()
  }
}

/** The newest round that the aggregator has opened. */
export function roundOf({ aggregator }: Federation): number {
  return aggregator.events.findLast(({ type }) => type === 'round-open')?.round ?? 0
}

async function playOn({ processes }: Federation, script: Script): Promise<void> {
  const end = performance.now() + script.timeoutMs
  const start = (one: CliProcess): void => one.start(script.envOf?.(one))
  for (const one of processes) start(one)
  let problem: unknown
  const disturbed = script.disturb?.().catch((error: unknown) => {
    problem = error
  })
  while (problem === undefined && !processes.every((one) => isDone(one))) {
    for (const one of processes) await look(one, script, start)
    if (performance.now() > end) throw tooLate(processes, script.timeoutMs)
    await sleep(LOOK_MS)
  }
  await disturbed
  if (problem !== undefined) throw problem
}

function isDone(one: CliProcess): boolean {
  return !one.isRunning() && one.ending()?.code === 0
}

async function look(
  one: CliProcess,
  script: Script,
  start: (one: CliProcess) => void,
): Promise<void> {
  if (one.isRunning()) {
    checkUsage(one)
    if (script.onFrozen === undefined || !isFrozen(one)) return
    await script.onFrozen(one)
    one.signal('SIGCONT')
    return
  }
  const ending = one.ending()
  if (ending === undefined || ending.code === 0 || script.forgives?.(one) === true) return
  if (ending.signal !== 'SIGKILL') {
    const how = ending.signal ?? `exit ${ending.code}`
    throw new FaultError(`${one.name}: ${how}: ${one.lastWords()}`, { code: 'PROCESS_FAILED' })
  }
  script.onKilled?.(one)
  start(one)
}

function checkUsage(one: CliProcess): void {
  const usage = one.usage()
  if (usage === undefined) return
  const { residentBytes, openFiles } = usage
  if (residentBytes <= MAX_RESIDENT_BYTES && openFiles <= MAX_OPEN_FILES) return
  const text = `${one.name} holds ${residentBytes} bytes and ${openFiles} files`
  throw new FaultError(text, { code: 'PROCESS_FAILED' })
}

/** Stopped by SIGSTOP, see proc(5). */
function isFrozen(one: CliProcess): boolean {
  try {
    return /\) T /.test(readFileSync(`/proc/${one.pid()}/stat`, 'utf8'))
  } catch {
    // It ended while we looked.
    return false
  }
}

function tooLate(processes: readonly CliProcess[], timeoutMs: number): FaultError {
  const words = processes.map((one) => {
    const last = one.events.slice(-2).map((event) => JSON.stringify(event).slice(0, 160))
    return `${one.name} (${one.isRunning() ? 'running' : 'ended'}) ${last.join(' ')} ${one.lastWords().slice(-300)}`
  })
  return new FaultError(`not over after ${timeoutMs / 1_000} s: ${words.join('\n')}`, {
    code: 'FAULT_TIMEOUT',
  })
}
