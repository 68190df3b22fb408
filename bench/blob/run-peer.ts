/** A process of its own for one peer: `run-peer.ts KIND JSON`; takes calls from its parent and answers each. */
import process from 'node:process'
import type { Peer, PeerOptions } from './peer.ts'
import { watchMemory } from './watch-memory.ts'

const [kind = '', json = '{}'] = process.argv.slice(2)
const { createPeer } = (await import(`./kinds/${kind}.ts`)) as {
  createPeer(options: PeerOptions): Peer | Promise<Peer>
}
const peer = await createPeer(JSON.parse(json) as PeerOptions)
const memory = watchMemory()

type Call = { readonly id: number; readonly name: string; readonly args: readonly never[] }

/** What the parent may call: the peer, and how long a fetch took and what it held. */
const calls: Readonly<Record<string, (...args: never[]) => unknown>> = {
  ...peer,
  async fetch(...args: Parameters<Peer['fetch']>) {
    const startedAt = performance.now()
    await peer.fetch(...args)
    return { seconds: (performance.now() - startedAt) / 1_000 }
  },
  watch: memory.start,
  peak: memory.stop,
}

process.on('message', async ({ id, name, args }: Call) => {
  try {
    process.send?.({ id, result: await calls[name]?.(...args) })
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : '' })
  }
})
process.on('disconnect', () => process.exit())
process.send?.({ id: 0 })
