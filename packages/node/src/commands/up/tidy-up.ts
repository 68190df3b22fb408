import type { Context } from '../../framework/context.ts'
import { RUNS_WITH_WEIGHTS, trimOldRuns } from '../../local/run-directory.ts'

/** Removes the weights of old runs, and says so. */
export async function tidyUp({ cwd, stderr }: Pick<Context, 'cwd' | 'stderr'>): Promise<void> {
  const trimmed = await trimOldRuns(cwd)
  if (trimmed === 0) return
  const runs = trimmed === 1 ? 'an older run' : `${trimmed} older runs`
  stderr.write(
    `  tidied     weights of ${runs} removed; the last ${RUNS_WITH_WEIGHTS} keep theirs\n`,
  )
}
