import { Readable } from 'node:stream'
import type { CommandTree } from '../../../src/cli.ts'
import { commandTree } from '../../../src/commands/command-tree.ts'
import type { Io } from '../../../src/framework/context.ts'
import { main } from '../../../src/main.ts'

export type CliRun = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs one command line in this process, without a terminal. */
export async function runCli(
  argv: readonly string[],
  options: { readonly io?: Partial<Io>; readonly tree?: CommandTree } = {},
): Promise<CliRun> {
  let stdout = ''
  let stderr = ''
  const code = await main(argv, options.tree ?? commandTree, {
    stdin: Readable.from([]),
    stdout: {
      write: (text) => {
        stdout += text
      },
    },
    stderr: {
      write: (text) => {
        stderr += text
      },
    },
    isTty: { stdin: false, stdout: false, stderr: false },
    env: {},
    cwd: process.cwd(),
    signal: new AbortController().signal,
    now: Date.now,
    ...options.io,
  })
  return { code, stdout, stderr }
}
