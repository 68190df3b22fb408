import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { runForge, startForge } from '../forge.ts'
import { copyPackage } from '../package-copy.ts'

/** A copy of the package in which forge has compiled everything, and where artifacts may be replaced. */
export type Workshop = {
  readonly out: string
  /** What forge says of the first test that fails with a mistake in `file` (below solidity/); undefined when all pass. */
  readonly firstFailure: (file: string) => Promise<string | undefined>
  readonly remove: () => void
}

/** Quick ones first. Gas tests would notice nearly anything; they are left out so that a behaviour test must. */
const PHASES = ['unit', 'differential', 'attack', 'fuzz', 'invariant']

/** A planted mistake may make a loop endless. */
const PHASE_TIMEOUT_MS = 600_000

const ENV = { FOUNDRY_PROFILE: 'mutate' }

export function createWorkshop(): Workshop {
  const root = copyPackage()
  const build = runForge(['build'], { cwd: root, env: ENV, output: 'pipe' })
  if (build.status !== 0) throw new Error(`${build.stdout}${build.stderr}`)
  return {
    out: join(root, 'out'),
    firstFailure: (file) => firstFailure(root, file),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

async function firstFailure(root: string, file: string): Promise<string | undefined> {
  for (const phase of PHASES) {
    // Forge would play what failed with another mistake again.
    for (const memory of ['fuzz', 'invariant']) {
      rmSync(join(root, 'cache', memory), { recursive: true, force: true })
    }
    const failure = await failureIn(root, phase, testsOf(phase, file))
    if (failure !== undefined) return failure
  }
  return undefined
}

/** Tests of the network deploy nothing of the market, nor the other way round. */
function testsOf(phase: string, file: string): readonly string[] {
  if (file.startsWith('network/')) return ['--match-path', `solidity/test/${phase}/network/*`]
  return [
    '--match-path',
    `solidity/test/${phase}/*`,
    '--no-match-path',
    'solidity/test/*/network/*',
  ]
}

async function failureIn(
  root: string,
  phase: string,
  tests: readonly string[],
): Promise<string | undefined> {
  const args = ['test', '--fail-fast', ...tests]
  const run = await startForge(args, { cwd: root, env: ENV, timeoutMs: PHASE_TIMEOUT_MS })
  if (run.output.includes('Compiling')) {
    throw new Error(`forge compiled again, so the planted mistake is gone:\n${run.output}`)
  }
  if (run.status === 0) return undefined
  if (run.timedOut) return `${phase} took more than ${PHASE_TIMEOUT_MS} ms`
  const failure = run.output.split('\n').find((line) => line.startsWith('[FAIL'))
  if (failure === undefined) throw new Error(`forge failed without a failed test:\n${run.output}`)
  return failure
}
