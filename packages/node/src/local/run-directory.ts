import { chmod, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'

const PRIVATE_DIRECTORY = 0o700

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
  const stamp = new Date(options.now).toISOString().slice(0, 19).replaceAll(':', '-')
  const root = path.resolve(options.cwd, options.out ?? path.join('.fednode', 'runs', stamp))
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
