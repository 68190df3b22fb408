/**
 * The fuzz and invariant tests for hours: 100,000 runs of each fuzz test, 10,000 sequences of 32 steps of each invariant. What fails is
 * printed with its counterexample. Arguments go to forge, for instance `--match-path 'solidity/test/fuzz/*'`.
 */
import { runForge } from './forge.ts'

const started = performance.now()
const args = ['test', '--show-progress', ...process.argv.slice(2)]
// Gas tests compare with snapshots of the default profile, and fuzz nothing.
const result = runForge([...args, '--no-match-path', 'solidity/test/gas/*'], {
  env: { FOUNDRY_PROFILE: 'deep' },
  output: 'inherit',
})
if (result.error !== undefined) throw result.error
process.stderr.write(`${Math.round((performance.now() - started) / 60_000)} minutes\n`)
process.exitCode = result.status ?? 1
