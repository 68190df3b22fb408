import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Files of transfers that may go on; everything else that lies beside them is what a crash left. */
export const PARTIAL_EXTENSION = '.part'
/** Unfinished transfers that are kept, the newest. */
const MAX_PARTIALS = 4
/** After this time nobody asks for the rest any more: one week in ms. */
const MAX_PARTIAL_AGE_MS = 604_800_000

/**
 * Removes what nobody goes on with.
 * @param options.now - Unix ms.
 * @param options.isOpen - whether somebody writes the file at this path.
 */
export function prunePartials(
  incoming: string,
  options: { readonly now: number; isOpen(path: string): boolean },
): void {
  const { now, isOpen } = options
  const files = readdirSync(incoming)
    .map((name) => ({ name, path: join(incoming, name) }))
    .filter(({ path }) => !isOpen(path))
    .map((file) => ({ ...file, changedAt: statSync(file.path).mtimeMs }))
  const kept = files
    .filter(({ name, changedAt }) => {
      return name.endsWith(PARTIAL_EXTENSION) && now - changedAt <= MAX_PARTIAL_AGE_MS
    })
    .sort((a, b) => b.changedAt - a.changedAt)
    .slice(0, MAX_PARTIALS)
  for (const file of files) if (!kept.includes(file)) rmSync(file.path, { recursive: true })
}
