/**
 * Plants one mistake at a time in a copy of the sources and runs the tests: a mistake that no test notices is printed, and the
 * exit status is 1. About 40 s each, so not part of the checks of a change. `--from N` starts later in the list.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT, runForge } from './forge.ts'
import { MUTATIONS } from './mutations.ts'

const COPIED = ['solidity', 'scripts', 'foundry.toml', 'gas-snapshots', 'package.json']

function createCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'fednode-mutate-'))
  for (const name of COPIED) cpSync(join(ROOT, name), join(copy, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

/** Gas tests would notice nearly anything; they are left out so that a behaviour test must. */
function testsPass(copy: string): boolean {
  const args = [
    'test',
    '--no-match-path',
    'solidity/test/gas/*',
    '--fail-fast',
    '--fuzz-runs',
    '100',
  ]
  const env = { FOUNDRY_PROFILE: 'legacy', FOUNDRY_INVARIANT_RUNS: '32' }
  const run = runForge(args, { cwd: copy, env, output: 'pipe' })
  if (run.error !== undefined || run.stdout.includes('Compiler run failed')) {
    throw new Error(`${run.error ?? ''}${run.stdout}`)
  }
  return run.status === 0
}

function survives(copy: string, [file, from, to]: readonly [string, string, string]): boolean {
  const path = join(copy, 'solidity', file)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(from)) throw new Error(`${file} has no "${from}" any more`)
  writeFileSync(path, text.replace(from, to))
  const passed = testsPass(copy)
  writeFileSync(path, text)
  return passed
}

const start = Number(process.argv[process.argv.indexOf('--from') + 1] ?? 0) || 0
const copy = createCopy()
try {
  for (const [i, mutation] of MUTATIONS.entries()) {
    if (i < start) continue
    const survived = survives(copy, mutation)
    if (survived) process.exitCode = 1
    process.stdout.write(
      `${i} ${survived ? 'SURVIVED' : 'killed'} ${mutation[0]}: ${mutation[1].trim()}\n`,
    )
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
