/**
 * The fuzz and invariant tests for hours: 100,000 runs of each fuzz test, 10,000 sequences of 32 steps of each invariant; about
 * three hours on two idle cores. Progress is shown, and what fails with its counterexample. Arguments go to forge, for instance
 * `--match-contract SwapSequenceTest`.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runForge } from './forge.ts'
import { copyPackage } from './package-copy.ts'

/** A long test asks for fewer runs in its comment, and forge takes that for every profile: here it gets all of them. */
function forgetFewerRuns(root: string): void {
  const tests = join(root, 'solidity', 'test')
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => name.endsWith('.sol'))) {
    const text = readFileSync(join(tests, file), 'utf8')
    writeFileSync(
      join(tests, file),
      text.replace(/\/\/\/ forge-config: default\.(fuzz|invariant)\.runs.*/g, '//'),
    )
  }
}

const copy = copyPackage()
try {
  forgetFewerRuns(copy)
  // Gas tests compare with snapshots, and fuzz nothing.
  const args = ['test', '--show-progress', '--no-match-path', 'solidity/test/gas/*']
  const result = runForge([...args, ...process.argv.slice(2)], {
    cwd: copy,
    env: { FOUNDRY_PROFILE: 'deep' },
    output: 'inherit',
  })
  if (result.error !== undefined) throw result.error
  process.exitCode = result.status ?? 1
} finally {
  rmSync(copy, { recursive: true, force: true })
}
