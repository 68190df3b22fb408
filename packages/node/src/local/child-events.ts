import { METRIC_NAMES } from '@fednode/protocol'
import { z } from 'zod'

const round = z.number().int().positive()

const recordSchema = z.object({
  round,
  metrics: z.partialRecord(z.enum(METRIC_NAMES), z.number()),
  loss: z.number(),
  contributions: z.array(z.object({ silo: z.string(), shapley: z.number(), share: z.number() })),
  seconds: z.object({
    train: z.number(),
    transfer: z.number(),
    aggregate: z.number(),
    assess: z.number(),
    anchor: z.number(),
  }),
})

const aggregatorEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listening'), addresses: z.array(z.string()) }),
  z.object({ type: z.literal('waiting'), for: z.string(), detail: z.string() }),
  z.object({ type: z.literal('round-open'), round, rounds: round }),
  z.object({
    type: z.literal('update'),
    round,
    silo: z.string(),
    received: z.number(),
    expected: z.number(),
  }),
  z.object({ type: z.literal('refused'), round, silo: z.string(), code: z.string() }),
  z.object({ type: z.literal('assessing'), round, evaluated: z.int().nonnegative() }),
  z.object({ type: z.literal('round-closed'), record: recordSchema }),
  z.object({ type: z.literal('anchored'), round, step: z.string(), gas: z.number() }),
  z.object({ type: z.literal('finished'), rounds: z.number() }),
])

const siloEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listening') }),
  z.object({ type: z.literal('registered'), index: z.number(), token: z.string() }),
  z.object({ type: z.literal('waiting'), for: z.string() }),
  z.object({ type: z.literal('round-open'), round }),
  z.object({
    type: z.literal('training'),
    round,
    done: z.number(),
    total: z.number(),
    loss: z.number(),
  }),
  z.object({ type: z.literal('skipped'), round, code: z.string(), reason: z.string() }),
  z.object({ type: z.literal('sent'), round }),
  z.object({
    type: z.literal('receipt'),
    round,
    accepted: z.boolean(),
    code: z.string().optional(),
  }),
  z.object({ type: z.literal('round-result'), round }),
  z.object({ type: z.literal('finished') }),
])

/** What `up` reads of the lines that the aggregator's process writes; more fields may be there. */
export type AggregatorEvent = z.infer<typeof aggregatorEvent>
/** The same of a silo's process. */
export type SiloEvent = z.infer<typeof siloEvent>
/** An event with the name of the process that it came from. */
export type ChildEvent =
  | { readonly from: 'aggregator'; readonly event: AggregatorEvent }
  | { readonly from: 'silo'; readonly name: string; readonly event: SiloEvent }

/**
 * Reads one NDJSON line of a child's stdout.
 * @returns undefined for what this version does not know: a child may say more than its parent shows.
 */
export function parseChildLine(
  source: { readonly role: 'aggregator' | 'silo'; readonly name: string },
  line: string,
): ChildEvent | undefined {
  const value = parseJson(line)
  if (source.role === 'aggregator') {
    const parsed = aggregatorEvent.safeParse(value)
    return parsed.success ? { from: 'aggregator', event: parsed.data } : undefined
  }
  const parsed = siloEvent.safeParse(value)
  return parsed.success ? { from: 'silo', name: source.name, event: parsed.data } : undefined
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    // Not ours; the caller ignores what is no event.
    return undefined
  }
}
