import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT, runForge, startForge } from '../forge.ts'

/** A copy of the package in which forge has compiled everything, and where artifacts may be replaced. */
export type Workshop = {
  readonly out: string
  /** Whether all tests pass; stops at the first that fails. */
  readonly testsPass: () => Promise<boolean>
  readonly remove: () => void
}

const COPIED = ['solidity', 'scripts', 'foundry.toml', 'gas-snapshots', 'package.json']

/** Quick ones first. Gas tests would notice nearly anything; they are left out so that a behaviour test must. */
const PHASES = ['unit', 'differential', 'attack', 'fuzz', 'invariant']

/** A planted mistake may make a loop endless. */
const PHASE_TIMEOUT_MS = 180_000

const ENV = { FOUNDRY_PROFILE: 'mutate' }

export function createWorkshop(): Workshop {
  const root = mkdtempSync(join(tmpdir(), 'fednode-mutate-'))
  for (const name of COPIED) cpSync(join(ROOT, name), join(root, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  const build = runForge(['build'], { cwd: root, env: ENV, output: 'pipe' })
  if (build.status !== 0) throw new Error(`${build.stdout}${build.stderr}`)
  return {
    out: join(root, 'out'),
    testsPass: () => testsPass(root),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

async function testsPass(root: string): Promise<boolean> {
  for (const phase of PHASES) {
    // Forge would play what failed with another mistake again.
    for (const memory of ['fuzz', 'invariant']) {
      rmSync(join(root, 'cache', memory), { recursive: true, force: true })
    }
    if (!(await phasePasses(root, phase))) return false
  }
  return true
}

async function phasePasses(root: string, phase: string): Promise<boolean> {
  const args = ['test', '--fail-fast', '--match-path', `solidity/test/${phase}/*`]
  const run = await startForge(args, { cwd: root, env: ENV, timeoutMs: PHASE_TIMEOUT_MS })
  if (run.output.includes('Compiling')) {
    throw new Error(`forge compiled again, so the planted mistake is gone:\n${run.output}`)
  }
  if (run.status !== 0 && !run.timedOut && !run.output.includes('[FAIL')) {
    throw new Error(`forge failed without a failed test:\n${run.output}`)
  }
  return run.status === 0
}
