import { expect } from 'vitest'
import type { RunningCli } from './start-cli.ts'

/** One JSON line of a command. */
export type Line = Record<string, unknown>

/** Everything that a command with --json has printed so far, line by line. */
export function linesOf({ stdout }: RunningCli): readonly Line[] {
  return stdout()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

/** Where the aggregator says it listens; the test's own timeout is the limit. */
export async function addressOf(aggregator: RunningCli): Promise<string> {
  for (;;) {
    const [first] = linesOf(aggregator).flatMap(({ type, addresses }) =>
      type === 'listening' && Array.isArray(addresses) ? addresses : [],
    )
    if (first !== undefined) return String(first)
    expect(aggregator.child.exitCode, aggregator.stderr()).toBeNull()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
