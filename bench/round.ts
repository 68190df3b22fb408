import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import type { BenchRow } from './rows.ts'

const BIN = path.join(import.meta.dirname, '../packages/node/src/bin.ts')
const SAMPLE_MS = 200
const PHASES = ['train', 'transfer', 'aggregate', 'assess', 'anchor'] as const

type Phases = Readonly<Record<(typeof PHASES)[number], number>>
type Round = { readonly seconds: Phases; readonly gas: number; readonly accuracy: number }

/** Runs the whole demo and reports the mean seconds of every phase, gas per round, and the peak memory of every process. */
export async function run(): Promise<readonly BenchRow[]> {
  const directory = mkdtempSync(path.join(tmpdir(), 'fednode-bench-'))
  try {
    const started = performance.now()
    const { rounds, peaks } = await measure(directory)
    const wall = (performance.now() - started) / 1000
    return [
      { case: 'demo', metric: 'wall', value: wall, unit: 's' },
      { case: 'demo', metric: 'accuracy', value: rounds.at(-1)?.accuracy ?? 0, unit: '' },
      ...PHASES.map((phase) => ({
        case: 'round',
        metric: phase,
        value: mean(rounds.map(({ seconds }) => seconds[phase])),
        unit: 's',
      })),
      { case: 'round', metric: 'gas', value: mean(rounds.map(({ gas }) => gas)), unit: 'gas' },
      ...[...peaks].map(([name, bytes]) => ({
        case: name,
        metric: 'peak_memory',
        value: Math.round(bytes / 1_048_576),
        unit: 'MiB',
      })),
    ]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function measure(
  directory: string,
): Promise<{ rounds: readonly Round[]; peaks: ReadonlyMap<string, number> }> {
  const out = path.join(directory, 'run')
  const child = spawn(process.execPath, [BIN, 'up', '--json', '--out', out], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const peaks = new Map<string, number>()
  const timer = setInterval(() => sample(child.pid ?? 0, peaks), SAMPLE_MS)
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  const [code] = await once(child, 'close')
  clearInterval(timer)
  if (code !== 0) throw new Error(`fednode up ended with exit code ${code}`)
  // Our own document, whose shape test/e2e/demo.test.ts holds.
  const { data } = JSON.parse(text) as { data: { rounds: readonly Round[] } }
  return { rounds: data.rounds, peaks }
}

/** Peak resident memory so far (VmHWM) of a process and all that descend from it; Linux only. */
function sample(root: number, peaks: Map<string, number>): void {
  const parents = new Map(allProcesses().map((pid) => [pid, parentOf(pid)]))
  for (const pid of parents.keys()) {
    if (!descends(pid, root, parents)) continue
    const name = pid === root ? 'up' : nameOf(pid)
    peaks.set(name, Math.max(peaks.get(name) ?? 0, peakOf(pid)))
  }
}

function allProcesses(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

function descends(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)) {
    if (at === root) return true
  }
  return false
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1] ?? 0)
}

function peakOf(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(read(pid, 'status'))?.[1] ?? 0) * 1024
}

function nameOf(pid: number): string {
  const command = read(pid, 'cmdline').split('\0')
  const named = command[command.indexOf('--name') + 1]
  if (command.includes('join') && named !== undefined) return named
  if (command.includes('aggregator')) return 'aggregator'
  return command.some((word) => word.includes('anvil-guard')) ? 'anvil-guard' : 'anvil'
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It ended while we looked.
    return ''
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1)
}
