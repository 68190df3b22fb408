import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

/** In the directory of a federation, written by the process that takes part in it. */
export const NETWORK_FILE = 'network.json'
const MAX_CONNECTIONS = 1_024

const networkSchema = z.object({
  /** Unix ms. */
  writtenAt: z.number(),
  peerId: z.string(),
  /** Where others can reach this peer; empty: nowhere. */
  addresses: z.array(z.string()),
  aggregator: z.string(),
  isAggregatorConnected: z.boolean(),
  relays: z.array(z.string()),
  connections: z
    .array(
      z.object({
        peer: z.string(),
        role: z.enum(['member', 'relay']),
        transport: z.enum(['tcp', 'websocket', 'relay']),
        direction: z.enum(['inbound', 'outbound']),
        address: z.string(),
        rttMs: z.number().optional(),
        since: z.number(),
      }),
    )
    .max(MAX_CONNECTIONS),
  sentBytes: z.number(),
  receivedBytes: z.number(),
})

/** What a running peer says of its connections. */
export type NetworkView = z.infer<typeof networkSchema>

/** What the peer of this federation's directory last said; undefined when it has never run, or not with this version. */
export async function readNetworkFile(directory: string): Promise<NetworkView | undefined> {
  const text = await readFile(path.join(directory, NETWORK_FILE), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return 'null'
      throw error
    },
  )
  return networkSchema.safeParse(parseJson(text)).data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
