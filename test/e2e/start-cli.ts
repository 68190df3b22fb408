import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../packages/node/src/bin.ts', import.meta.url))

/** A running `fednode` command with everything that it has written so far. */
export type RunningCli = {
  readonly child: ChildProcess
  stdout(): string
  stderr(): string
  /** Resolves with the exit code; null after a signal. */
  readonly code: Promise<number | null>
}

/** Starts the real command line in `cwd`, in a process group of its own as a terminal would. */
export function startCli(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): RunningCli {
  const child = spawn(process.execPath, [BIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd,
    env: { ...process.env, ...env },
    detached: true,
  })
  const code = once(child, 'close').then(([exitCode]) => exitCode as number | null)
  return { child, stdout: collect(child.stdout), stderr: collect(child.stderr), code }
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = ''
  stream?.setEncoding('utf8')
  stream?.on('data', (part: string) => {
    text += part
  })
  return () => text
}
