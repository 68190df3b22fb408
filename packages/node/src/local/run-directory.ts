import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'

/** Runs in .fednode/runs that keep their models and updates, about 40 MB each for the example. */
export const RUNS_WITH_WEIGHTS = 3

const PRIVATE_DIRECTORY = 0o700
const RUNS = path.join('.fednode', 'runs')
/** A start's time, and a number when two runs started in one second. */
const RUN_NAME = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}(-\d+)?$/

/** Where everything of one run lies. */
export type RunDirectory = {
  readonly root: string
  readonly data: string
  readonly logs: string
  readonly aggregator: string
  readonly report: string
  siloOf(name: string): string
}

/**
 * Makes the directory of one run, for its owner only: `out` when given, else .fednode/runs/<time> below `cwd`.
 * @param options - `now` in Unix ms.
 */
export async function createRunDirectory(options: {
  readonly cwd: string
  readonly out: string | undefined
  readonly now: number
}): Promise<RunDirectory> {
  const { cwd, out, now } = options
  const root = out === undefined ? freeName(path.resolve(cwd, RUNS), now) : path.resolve(cwd, out)
  const directory: RunDirectory = {
    root,
    data: path.join(root, 'data'),
    logs: path.join(root, 'logs'),
    aggregator: path.join(root, 'aggregator'),
    report: path.join(root, 'report.html'),
    siloOf: (name) => path.join(root, 'silos', name),
  }
  for (const part of [root, directory.data, directory.logs, path.join(root, 'silos')]) {
    await mkdir(part, { recursive: true, mode: PRIVATE_DIRECTORY })
    // mkdir's mode passes through the umask.
    await chmod(part, PRIVATE_DIRECTORY)
  }
  return directory
}

function freeName(runs: string, now: number): string {
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')
  let name = stamp
  for (let number = 2; existsSync(path.join(runs, name)); number++) name = `${stamp}-${number}`
  return path.join(runs, name)
}

/**
 * Removes what can be made again and what only the processes needed: the silos' directories and keys, the data files. The report, the
 * logs and the aggregator's journal stay.
 */
export async function trimRunDirectory(directory: RunDirectory): Promise<void> {
  const { data, root } = directory
  for (const part of [data, path.join(root, 'silos')]) {
    await rm(part, { recursive: true, force: true })
  }
}

/**
 * Removes the models and updates of all but the newest runs in .fednode/runs; their reports, logs and journals stay. A run that still
 * has its silos' directories is going on or was told to keep everything: it stays as it is.
 * @returns how many runs lost theirs.
 */
export async function trimOldRuns(cwd: string): Promise<number> {
  const runs = path.resolve(cwd, RUNS)
  const names = existsSync(runs) ? await readdir(runs) : []
  const finished = names
    .filter((name) => RUN_NAME.test(name) && !existsSync(path.join(runs, name, 'silos')))
    .sort(byStart)
  let trimmed = 0
  for (const name of finished.slice(0, -RUNS_WITH_WEIGHTS)) {
    const removed = await removeWeights(path.join(runs, name, 'aggregator', 'scenarios'))
    if (removed) trimmed++
  }
  return trimmed
}

function byStart(one: string, other: string): number {
  // Numbers by value: the tenth run of a second comes after its ninth.
  return one.localeCompare(other, 'en', { numeric: true })
}

async function removeWeights(scenarios: string): Promise<boolean> {
  const names = existsSync(scenarios) ? await readdir(scenarios) : []
  const blobs = names.map((name) => path.join(scenarios, name, 'blobs')).filter(existsSync)
  for (const directory of blobs) await rm(directory, { recursive: true })
  return blobs.length > 0
}
