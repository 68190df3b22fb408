import path from 'node:path'
import { type Child, startChild } from './child-process.ts'
import type { RunDirectory } from './run-directory.ts'

/** What a child needs of our environment; everything else, secrets among it, stays here (T41). */
const PASSED_ON = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TZ',
  'LANG',
  'SYSTEMROOT',
  'XDG_CACHE_HOME',
  'FEDNODE_CACHE',
  'XDG_DATA_HOME',
  'FEDNODE_ENGINES',
  'FEDNODE_ENGINE',
  'FEDNODE_WEBGPU_ADAPTER',
  'FEDNODE_MEMORY_LIMIT',
  'FEDNODE_THREADS',
  'FEDNODE_FORCE',
  'LD_LIBRARY_PATH',
  'VK_ICD_FILENAMES',
] as const

/** Where the processes of a run work, and who hears that one ended badly. */
export type ProcessHome = {
  readonly directory: Pick<RunDirectory, 'root' | 'logs'>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly state: { fail(error: unknown): void }
}

/** Starts one process of a run; what it writes to stderr goes to a log of its name, a bad end to `state`. */
export function startProcess(
  { directory, env, state }: ProcessHome,
  {
    name,
    args,
    onLine,
  }: {
    readonly name: string
    readonly args: readonly string[]
    readonly onLine: (line: string) => void
  },
): Child {
  const child = startChild({
    name,
    args,
    cwd: directory.root,
    env: Object.fromEntries(PASSED_ON.map((key) => [key, env[key]])),
    logFile: path.join(directory.logs, `${name}.log`),
    onLine,
  })
  child.done.catch((error: unknown) => state.fail(error))
  return child
}
