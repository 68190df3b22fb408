import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Context } from './context.ts'
import { Interruption } from './interruption.ts'

/**
 * Asks for a line on the terminal and shows nothing of it.
 * @returns undefined where there is no terminal to ask on, or none that shows the question; '' for Ctrl-D.
 * @throws {Interruption} for Ctrl-C, which a terminal that does not echo hands to us as a key. {Error} AbortError when the signal fires.
 */
export async function askSecret(
  { stdin, stderr, isTty, signal }: Pick<Context, 'stdin' | 'stderr' | 'isTty' | 'signal'>,
  question: string,
): Promise<string | undefined> {
  if (!isTty.stdin || !isTty.stderr) return undefined
  stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  // A terminal to readline: it turns the echo off, and what it would draw itself goes nowhere.
  const terminal = createInterface({
    input: stdin,
    output: nowhere,
    terminal: true,
    historySize: 0,
  })
  try {
    const ended = new Promise<string>((resolve, reject) => {
      terminal.once('SIGINT', () => reject(new Interruption()))
      terminal.once('close', () => resolve(''))
    })
    return await Promise.race([terminal.question('', { signal }), ended])
  } finally {
    terminal.close()
    stderr.write('\n')
  }
}
