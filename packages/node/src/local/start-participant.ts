import path from 'node:path'
import { parseChildLine } from './child-events.ts'
import { type Child, startChild } from './child-process.ts'
import type { RunDirectory } from './run-directory.ts'
import type { RunState } from './run-state.ts'

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

/** Where a participant runs, and who hears of it. */
export type ParticipantHome = {
  readonly directory: RunDirectory
  readonly env: Readonly<Record<string, string | undefined>>
  readonly state: RunState
}

/** Starts the process of one participant; its events go to `state`, and so does a bad end. */
export function startParticipant(
  { directory, env, state }: ParticipantHome,
  who: { readonly role: 'aggregator' | 'silo'; readonly name: string },
  args: readonly string[],
): Child {
  const { name } = who
  const child = startChild({
    name,
    args,
    cwd: directory.root,
    env: Object.fromEntries(PASSED_ON.map((key) => [key, env[key]])),
    logFile: path.join(directory.logs, `${name}.log`),
    onLine: (line) => {
      const event = parseChildLine(who, line)
      if (event !== undefined) state.apply(event)
    },
  })
  child.done.catch((error: unknown) => state.fail(error))
  return child
}
