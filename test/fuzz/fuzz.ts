import process from 'node:process'
import fc from 'fast-check'
import { FedError } from '../../packages/protocol/src/index.ts'
import type { FuzzTarget } from './fuzz-target.ts'
import { hostileBytes } from './mutations.ts'

/** Inputs of one target in the long run. */
export const DEFAULT_RUNS = 8_000
/** What came of one target. */
export type FuzzReport = {
  readonly name: string
  readonly inputs: number
  readonly taken: number
  readonly refused: number
  /** Why it failed, with the smallest input found, in hex; absent: it never did. */
  readonly fault?: string
}

/**
 * Feeds a parser hostile inputs, the same for the same seed.
 * @param options - `hangMs`: what takes longer has failed; no bound when left out.
 */
export async function fuzz(
  target: FuzzTarget,
  options: { readonly runs: number; readonly seed: number; readonly hangMs?: number },
): Promise<FuzzReport> {
  const { seed, runs: numRuns, hangMs = Number.POSITIVE_INFINITY } = options
  const counts = { taken: 0, refused: 0 }
  const idle = await whyIdle(target)
  if (idle !== undefined) return { name: target.name, inputs: 0, ...counts, fault: idle }
  const property = fc.asyncProperty(hostileBytes(target.corpus), async (bytes) => {
    const isTaken = await feed(target, bytes, hangMs)
    counts[isTaken ? 'taken' : 'refused']++
  })
  const result = await fc.check(property, { seed, numRuns })
  const report = { name: target.name, inputs: counts.taken + counts.refused, ...counts }
  if (!result.failed) return report
  const [input] = result.counterexample ?? []
  const hex = Buffer.from(input ?? []).toString('hex')
  const why = result.errorInstance instanceof Error ? result.errorInstance.stack : 'unknown'
  return { ...report, fault: `${hex}: ${why}` }
}

/** A parser that takes no valid input either would refuse all of the others at its door. */
async function whyIdle({ corpus, parse }: FuzzTarget): Promise<string | undefined> {
  for (const bytes of corpus) if (await isTakenBy(parse, bytes)) return undefined
  return 'no input of its corpus is taken'
}

async function feed(
  { parse, maxBytes }: FuzzTarget,
  bytes: Uint8Array,
  hangMs: number,
): Promise<boolean> {
  const memoryBefore = allocated()
  const startedAt = performance.now()
  const isTaken = await isTakenBy(parse, bytes)
  const tookMs = performance.now() - startedAt
  const tookBytes = allocated() - memoryBefore
  // What was collected meanwhile makes it less: an allocation above the limit shows unless it was already given back.
  if (tookBytes > maxBytes) throw new RangeError(`took ${tookBytes} bytes, at most ${maxBytes}`)
  if (tookMs > hangMs) throw new RangeError(`took ${tookMs} ms`)
  return isTaken
}

async function isTakenBy(parse: FuzzTarget['parse'], bytes: Uint8Array): Promise<boolean> {
  try {
    return await parse(bytes)
  } catch (error) {
    if (error instanceof FedError) return false
    throw error
  }
}

function allocated(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
