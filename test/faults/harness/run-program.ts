import { execFileSync } from 'node:child_process'

/** Runs one program of the system to its end. @throws for any exit code but 0, with what it wrote to stderr. */
export function runProgram(program: string, ...words: readonly string[]): void {
  execFileSync(program, words, { stdio: ['ignore', 'ignore', 'pipe'] })
}
