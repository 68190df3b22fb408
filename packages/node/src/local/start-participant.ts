import { type ChildEvent, parseChildLine } from './child-events.ts'
import type { Child } from './child-process.ts'
import type { Progress } from './progress.ts'
import type { RunDirectory } from './run-directory.ts'
import type { RunState } from './run-state.ts'
import { startProcess } from './start-process.ts'

/** Where a participant runs, and who hears of it. */
export type ParticipantHome = {
  readonly directory: RunDirectory
  readonly env: Readonly<Record<string, string | undefined>>
  readonly state: RunState<Progress, ChildEvent>
}

/** Starts the process of one participant; its events go to `state`, and so does a bad end. */
export function startParticipant(
  home: ParticipantHome,
  who: { readonly role: 'aggregator' | 'silo'; readonly name: string },
  args: readonly string[],
): Child {
  const onLine = (line: string): void => {
    const event = parseChildLine(who, line)
    if (event !== undefined) home.state.apply(event)
  }
  return startProcess(home, { name: who.name, args, onLine })
}
