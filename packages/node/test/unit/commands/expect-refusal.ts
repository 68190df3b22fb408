import { expect } from 'vitest'
import type { LocalWorld } from './local-world.ts'

/** What a refusal says: its exit code, the code of its envelope, and a part of its words. */
export type Refusal = { readonly exit: number; readonly code: string; readonly says: string }

/** Runs a command that is to be refused in two lines at most: what happened and what to do, never a stack. */
export async function expectRefusal(
  world: LocalWorld,
  argv: readonly string[],
  { exit, code, says }: Refusal,
): Promise<void> {
  const run = await world.run([...argv, '--json'])
  expect(run.stderr).toContain(says)
  expect({ exit: run.code, code: JSON.parse(run.stdout).error.code }).toEqual({ exit, code })
  expect(run.stderr).not.toMatch(/\n {4}at /)
}
