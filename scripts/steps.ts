import { spawnSync } from 'node:child_process'
import process from 'node:process'

/** One step of a script: a title and a command with its arguments, run in the repository root. */
export type Step = { readonly title: string; readonly command: readonly [string, ...string[]] }

/** Runs all steps, each to its end; returns the titles of those that failed. */
export function runSteps(steps: readonly Step[]): readonly string[] {
  const failed: string[] = []
  for (const { title, command } of steps) {
    console.error(`\n> ${title}`)
    const [program, ...args] = command
    const { status, error } = spawnSync(program, args, {
      stdio: 'inherit',
      cwd: `${import.meta.dirname}/..`,
    })
    if (error !== undefined) console.error(error.message)
    if (status !== 0) failed.push(title)
  }
  return failed
}

/** Ends the process: 0 when nothing failed, 1 and the titles otherwise. */
export function finish(failed: readonly string[]): void {
  if (failed.length === 0) return
  console.error(`\nFailed: ${failed.join(', ')}`)
  process.exitCode = 1
}
