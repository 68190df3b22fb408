import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import process from 'node:process'

/** One step of a script: a title and a command with its arguments, run in the repository root. */
export type Step = {
  readonly title: string
  readonly command: readonly [string, ...string[]]
  /** Computes only, on whatever the other steps leave of the processor: nothing in it waits for a clock. */
  readonly background?: true
}

type Output = { readonly to: 'stdout' | 'stderr'; readonly text: Buffer }

/**
 * Runs all steps side by side, each to its end; returns the titles of those that failed. What they print comes in their order: that of
 * the first one still running as it is printed, that of the next ones when those before have ended.
 */
export async function runSteps(steps: readonly Step[]): Promise<readonly string[]> {
  const started = steps.map((step) => ({ title: step.title, ...startStep(step) }))
  const failed: string[] = []
  for (const { title, show, ended } of started) {
    console.error(`\n> ${title}`)
    show()
    if ((await ended) !== 0) failed.push(title)
  }
  return failed
}

/** Starts a step, which keeps what it prints until it is shown; `ended` gives its exit status. */
function startStep({ command, background }: Step): { show(): void; ended: Promise<number> } {
  const [program, ...args] = command
  const child = spawn(program, args, {
    stdio: ['inherit', 'pipe', 'pipe'],
    cwd: `${import.meta.dirname}/..`,
    env: process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env,
  })
  if (background && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  let kept: Output[] | undefined = []
  const print = (output: Output): void => {
    if (kept === undefined) process[output.to].write(output.text)
    else kept.push(output)
  }
  child.stdout.on('data', (text: Buffer) => print({ to: 'stdout', text }))
  child.stderr.on('data', (text: Buffer) => print({ to: 'stderr', text }))
  const ended = new Promise<number>((resolve) => {
    child.on('error', ({ message }) => {
      print({ to: 'stderr', text: Buffer.from(`${message}\n`) })
      resolve(1)
    })
    child.on('close', (status) => resolve(status ?? 1))
  })
  const show = (): void => {
    const before = kept ?? []
    kept = undefined
    before.forEach(print)
  }
  return { show, ended }
}

/** Ends the process: 0 when nothing failed, 1 and the titles otherwise. */
export function finish(failed: readonly string[]): void {
  if (failed.length === 0) return
  console.error(`\nFailed: ${failed.join(', ')}`)
  process.exitCode = 1
}
