import type { EngineFinding } from '@fednode/engine'

/** One engine as --json prints it. */
export type EngineDocument = {
  readonly name: string
  readonly installed: boolean
  /** Of the installed package; null for what comes with fednode, and for what is not installed. */
  readonly version: string | null
  readonly library: string | null
  readonly works: boolean
  /** Why it does not work, and what to do; null where it does. */
  readonly reason: string | null
  readonly fix: string | null
  /** The graphics adapter; null where there is none. */
  readonly device: string | null
  /** Largest deviation in the self-test; null where it did not get so far. */
  readonly selfTestError: number | null
  /** In the training of a small CNN; null where it does not work. */
  readonly samplesPerSecond: number | null
}

/** What was found of an engine, in the order of the columns of a table. */
export function describeEngine({ backend, installed, probe }: EngineFinding): EngineDocument {
  const isBundled = backend === 'wasm' || backend === 'cpu'
  return {
    name: backend,
    installed: isBundled || installed !== undefined,
    version: installed?.version ?? null,
    library: installed?.library ?? null,
    works: probe.works,
    reason: probe.works ? null : probe.reason,
    fix: probe.works ? null : probe.fix,
    device: (probe.works ? probe.device : undefined) ?? null,
    selfTestError: probe.error ?? null,
    samplesPerSecond: probe.works ? Math.round(probe.samplesPerSecond) : null,
  }
}
