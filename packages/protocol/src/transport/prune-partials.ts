import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Files of transfers that may go on; everything else that lies beside them is what a crash left. */
export const PARTIAL_EXTENSION = '.part'
/** Unfinished transfers that are kept, the newest. */
const MAX_PARTIALS = 4
/** After this time nobody asks for the rest any more: one week in ms. */
const MAX_PARTIAL_AGE_MS = 604_800_000

/** Removes what nobody goes on with. @param now - Unix ms. */
export function prunePartials(incoming: string, now: number): void {
  const files = readdirSync(incoming).map((name) => {
    const path = join(incoming, name)
    return { path, name, changedAt: statSync(path).mtimeMs }
  })
  const kept = files
    .filter(({ name, changedAt }) => {
      return name.endsWith(PARTIAL_EXTENSION) && now - changedAt <= MAX_PARTIAL_AGE_MS
    })
    .sort((a, b) => b.changedAt - a.changedAt)
    .slice(0, MAX_PARTIALS)
  for (const file of files) if (!kept.includes(file)) rmSync(file.path, { recursive: true })
}
