import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import process from 'node:process'

/** A program that runs. */
export type Program = {
  /** Its first line on stdout. */
  line(): Promise<string>
  /** The first group of what it says on stderr. @throws {Error} when it ends without. */
  said(pattern: RegExp): Promise<string>
  /** Its output, when it has ended well. @throws {Error} with what it said when it has not. */
  ended(): Promise<string>
  /** Ends it, however. */
  stop(): Promise<void>
}

/** Starts a program with this environment and nothing else but Node on the PATH. */
export function startProgram(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Program {
  const [program = '', ...args] = words
  const child = spawn(program, args, {
    env: { ...env, PATH: path.dirname(process.execPath) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const closed = once(child, 'close')
  const failure = () => new Error(`${words.join(' ')} ended with ${child.exitCode}: ${errors}`)
  const until = async (found: () => string | undefined): Promise<string> => {
    for (;;) {
      const text = found()
      if (text !== undefined) return text
      if (child.exitCode !== null) throw failure()
      await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), closed])
    }
  }
  return {
    line: () => until(() => (output.includes('\n') ? output.split('\n')[0] : undefined)),
    said: (pattern) => until(() => pattern.exec(errors)?.[1]),
    async ended() {
      const [code] = await closed
      if (code !== 0) throw failure()
      return output
    },
    async stop() {
      child.kill()
      await closed
    },
  }
}
