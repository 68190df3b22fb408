import { z } from 'zod'

const digest = z.custom<`0x${string}`>((text) => /^0x[0-9a-f]{64}$/.test(String(text)))
const round = z.number().int().positive()

const nodeEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listening'), addresses: z.array(z.string()) }),
  z.object({ type: z.literal('drawn'), round, role: z.string().optional() }),
  z.object({ type: z.literal('training'), round, done: z.number(), total: z.number() }),
  z.object({ type: z.literal('contributed'), round }),
  z.object({ type: z.literal('voted'), round, score: z.union([z.literal(1), z.literal(-1)]) }),
  z.object({ type: z.literal('submitted'), round }),
  z.object({ type: z.literal('committed'), round }),
  z.object({ type: z.literal('revealed'), round }),
  z.object({ type: z.literal('settled'), round, verdict: z.string(), model: digest }),
  z.object({
    type: z.literal('ended'),
    round,
    result: z.string(),
    place: z.number().optional(),
    score: z.number().optional(),
  }),
  z.object({ type: z.literal('stake-low') }),
  z.object({ type: z.literal('trouble'), code: z.string(), reason: z.string() }),
  z.object({ type: z.literal('finished') }),
])

/** What `up --network` reads of the lines that a node's process writes, with the node's name; more may be in a line. */
export type NetworkEvent = { readonly name: string; readonly event: z.infer<typeof nodeEvent> }

/** Reads one NDJSON line of a node's stdout; undefined for what this version does not know. */
export function parseNetworkLine(name: string, line: string): NetworkEvent | undefined {
  try {
    const parsed = nodeEvent.safeParse(JSON.parse(line))
    return parsed.success ? { name, event: parsed.data } : undefined
  } catch {
    // Not JSON: no event of ours.
    return undefined
  }
}
