import type { RunningCli } from '../../test/e2e/start-cli.ts'

/** Resolves when a member has done all of its part. @throws {TypeError} with what it said, when it ends otherwise. */
export async function endsWell({ code, stderr }: RunningCli): Promise<void> {
  const ended = await code
  if (ended !== 0) throw new TypeError(`a member ended with ${ended}: ${stderr()}`)
}
