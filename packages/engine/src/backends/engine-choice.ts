import { EngineError } from '../errors.ts'
import type { BackendName, EvaluationBackend } from '../types.ts'
import { type InstalledEngine, readInstalled } from './engine-installed.ts'
import type { InstalledBackend } from './engine-place.ts'
import { type EngineProbe, probeEngine } from './engine-probe.ts'
import type { EngineProblem } from './engine-problem.ts'
import { isExact, runSelfTest } from './self-test.ts'
import { startBackend } from './start-backend.ts'

/** All back ends, the likely fastest first. */
export const BACKEND_NAMES = [
  'tfjs-node-gpu',
  'tfjs-node',
  'webgpu',
  'wasm',
  'cpu',
] as const satisfies readonly BackendName[]

const INSTALLED_BACKENDS = BACKEND_NAMES.filter(isInstallable)

/** What is known of one back end on this machine. */
export type EngineFinding = {
  readonly backend: BackendName
  /** Absent for those that come with fednode, and for those that are not here. */
  readonly installed?: InstalledEngine
  readonly probe: EngineProbe
}

/** What `auto` took, and one line of why for each that it did not. */
export type EngineChoice = {
  readonly backend: BackendName
  readonly samplesPerSecond?: number
  readonly skipped: readonly { readonly backend: BackendName; readonly reason: string }[]
}

type Surroundings = Parameters<typeof probeEngine>[1]

/** Whether a back end does not come with fednode. */
export function isInstallable(backend: BackendName): backend is InstalledBackend {
  return backend !== 'wasm' && backend !== 'cpu'
}

/** Looks at one back end: what is installed of it, and whether it works. */
export async function findEngine(
  backend: BackendName,
  surroundings: Surroundings,
): Promise<EngineFinding> {
  if (!isInstallable(backend)) return { backend, probe: await probeEngine(backend, surroundings) }
  const { place } = surroundings
  let installed: InstalledEngine | undefined
  try {
    installed = readInstalled(backend, place)
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    return { backend, probe: { works: false, ...howToInstall(backend, error.message) } }
  }
  if (installed === undefined)
    return { backend, probe: { works: false, ...howToInstall(backend, 'it is not installed') } }
  return { backend, installed, probe: await probeEngine(backend, surroundings) }
}

/**
 * Takes the fastest back end that passes the self-test. Measures only where there is a choice: with nothing installed it is wasm, or cpu
 * on a processor without SIMD.
 * @throws {EngineError} BACKEND_UNAVAILABLE when not even cpu passes.
 */
export async function chooseEngine(surroundings: Surroundings): Promise<EngineChoice> {
  const found: EngineFinding[] = []
  for (const backend of INSTALLED_BACKENDS) found.push(await findEngine(backend, surroundings))
  if (!found.some(({ probe }) => probe.works)) {
    const skipped = found.map(({ backend, probe }) => ({ backend, reason: reasonOf(probe) }))
    return { skipped, backend: await chooseBundledEngine() }
  }
  found.push(await findEngine('wasm', surroundings))
  return fastestOf(found)
}

/** The fastest of what was found. @param found - at least one works. */
export function fastestOf(found: readonly EngineFinding[]): EngineChoice {
  const speeds = found.map(({ probe }) => (probe.works ? probe.samplesPerSecond : 0))
  const best = found[speeds.indexOf(Math.max(...speeds))] as EngineFinding
  const samplesPerSecond = Math.max(...speeds)
  const skipped = found
    .filter((one) => one !== best)
    .map(({ backend, probe }) => ({
      backend,
      reason: probe.works
        ? `slower: ${rate(probe.samplesPerSecond)} against ${rate(samplesPerSecond)}`
        : reasonOf(probe),
    }))
  return { backend: best.backend, samplesPerSecond, skipped }
}

/**
 * The faster of the back ends that come with fednode and pass the self-test: wasm, or cpu on a processor without SIMD.
 * @throws {EngineError} BACKEND_UNAVAILABLE when not even cpu passes.
 */
export async function chooseBundledEngine(): Promise<EvaluationBackend> {
  for (const backend of ['wasm', 'cpu'] as const) {
    try {
      await startBackend(backend)
      if (isExact(await runSelfTest(backend))) return backend
    } catch (error) {
      if (backend === 'cpu') throw error
    }
  }
  throw new EngineError('No engine passes the self-test here: run  fednode engine test', {
    code: 'BACKEND_UNAVAILABLE',
    backend: 'auto',
  })
}

function howToInstall(backend: BackendName, reason: string): EngineProblem {
  return { reason, fix: `fednode engine install ${backend}  installs it.` }
}

function reasonOf(probe: EngineProbe): string {
  return probe.works ? 'it was not needed' : probe.reason
}

function rate(samplesPerSecond: number): string {
  return `${Math.round(samplesPerSecond)} samples/s`
}
