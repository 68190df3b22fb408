import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '@fednode/protocol'
import { VALIDATION_FILES } from '../verify/validation-file.ts'

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
  /** Where simulated attackers show each other their updates; goes with `data`. */
  readonly collusion: string
  readonly aggregator: string
  readonly report: string
  siloOf(name: string): string
}

/**
 * Makes the directory of one run, for its owner only: `out` when given, else .fednode/runs/<time> below `cwd`.
 * @param options - `now` in Unix ms.
 * @throws {UserError} OUT_IN_USE (usage) when `out` holds what trimRunDirectory would remove: it is not ours.
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
    data: dataDirectory(root),
    logs: path.join(root, 'logs'),
    collusion: path.join(dataDirectory(root), 'collusion'),
    aggregator: path.join(root, 'aggregator'),
    report: path.join(root, 'report.html'),
    siloOf: (name) => path.join(siloDirectory(root), name),
  }
  for (const part of removedParts(root)) assertAbsent(part)
  for (const part of [root, directory.data, directory.logs, siloDirectory(root)]) {
    const isNew = (await mkdir(part, { recursive: true, mode: PRIVATE_DIRECTORY })) !== undefined
    // mkdir's mode passes through the umask. What was there before is its owner's business.
    if (isNew) await chmod(part, PRIVATE_DIRECTORY)
  }
  return directory
}

/** What is gone after a run: the silos' directories and keys, and the data files that were laid out for them. */
function removedParts(root: string): readonly string[] {
  return [dataDirectory(root), siloDirectory(root)]
}

function assertAbsent(part: string): void {
  if (!existsSync(part)) return
  throw new UserError(
    'usage',
    `${path.dirname(part)} already has a directory ${path.basename(part)}`,
    {
      code: 'OUT_IN_USE',
      hint: 'A run puts its own there and removes it at the end. Name a new directory with --out.',
    },
  )
}

function freeName(runs: string, now: number): string {
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')
  let name = stamp
  for (let number = 2; existsSync(path.join(runs, name)); number++) name = `${stamp}-${number}`
  return path.join(runs, name)
}

/**
 * Removes what can be made again and what only the processes needed: the silos' directories and keys, the data files. The report, the
 * logs and the aggregator's journal stay, and its models, updates and held-out rows when the run came to its end.
 */
export async function trimRunDirectory(
  directory: RunDirectory,
  { finished }: { readonly finished: boolean },
): Promise<void> {
  const { root, data, aggregator } = directory
  // Without the held-out rows nobody could make a round again:  fednode contrib verify --dir .../aggregator --offline
  for (const name of finished ? VALIDATION_FILES : []) {
    const rows = path.join(data, name)
    if (existsSync(rows)) await rename(rows, path.join(aggregator, name))
  }
  const weights = finished ? [] : await weightsOf(root)
  for (const part of [...removedParts(root), ...weights]) {
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
  const roots = names
    .filter((name) => RUN_NAME.test(name))
    .sort(byStart)
    .map((name) => path.join(runs, name))
    .filter((root) => !existsSync(siloDirectory(root)))
  const weights = await Promise.all(roots.map(weightsOf))
  const old = weights.filter((parts) => parts.length > 0).slice(0, -RUNS_WITH_WEIGHTS)
  for (const part of old.flat()) await rm(part, { recursive: true, force: true })
  return old.length
}

function byStart(one: string, other: string): number {
  // Numbers by value: the tenth run of a second comes after its ninth.
  return one.localeCompare(other, 'en', { numeric: true })
}

function dataDirectory(root: string): string {
  return path.join(root, 'data')
}

function siloDirectory(root: string): string {
  return path.join(root, 'silos')
}

/** Where a run's models and updates lie: nowhere or in one place. */
async function weightsOf(root: string): Promise<readonly string[]> {
  const scenarios = path.join(root, 'aggregator', 'scenarios')
  const names = existsSync(scenarios) ? await readdir(scenarios) : []
  return names.map((name) => path.join(scenarios, name, 'blobs')).filter((part) => existsSync(part))
}
