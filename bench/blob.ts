import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { median } from './blob/median.ts'
import { type Kind, type RemotePeer, spawnPeer } from './blob/spawn-peer.ts'
import type { Memory } from './blob/watch-memory.ts'
import type { BenchRow } from './rows.ts'

const MIB = 1_048_576
const KINDS: readonly Kind[] = ['fednode', 'libp2p', 'tcp', 'http']

type Case = {
  readonly name: string
  readonly size: number
  readonly receivers: number
  /** Blobs one after the other; the median counts. */
  readonly turns: number
}

const CASES: readonly Case[] = [
  { name: '1to1-1MiB', size: MIB, receivers: 1, turns: 21 },
  { name: '1to1-100MiB', size: 100 * MIB, receivers: 1, turns: 3 },
  { name: '1to1-1000MiB', size: 1_000 * MIB, receivers: 1, turns: 1 },
  { name: '1to8-100MiB', size: 100 * MIB, receivers: 8, turns: 2 },
]

/** The first peer offers, the others fetch at the same time. */
type Federation = { readonly kind: Kind; readonly peers: readonly RemotePeer[] }

/**
 * Moves blobs between processes on this machine: ours (checked, written, synced), and in turn with it a raw stream of the same libp2p, a
 * TCP connection and an HTTP download, which throw the bytes away. MiB/s of one receiver's blob from the start to the end of the last one.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const each of CASES) rows.push(...(await measure(each)))
  return rows
}

async function measure(each: Case): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fednode-bench-blob-'))
  const federations: Federation[] = []
  try {
    for (const kind of KINDS) federations.push(await startFederation(kind, each, folder))
    const seconds = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]))
    const memories: Memory[] = []
    let egress = 0
    for (let turn = 0; turn < each.turns; turn++) {
      for (const { kind, peers } of federations) {
        const moved = await moveOnce(peers, each.size, turn)
        seconds.get(kind)?.push(moved.seconds)
        if (kind !== 'fednode') continue
        memories.push(...moved.memories)
        egress = Math.max(egress, moved.sentBytes / each.size)
      }
    }
    return rowsOf(each, { seconds, memories, egress })
  } finally {
    for (const { peers } of federations) await Promise.all(peers.map((peer) => peer.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
}

async function startFederation(
  kind: Kind,
  { receivers }: Case,
  folder: string,
): Promise<Federation> {
  const count = receivers + 1
  const peers: RemotePeer[] = []
  const addresses: string[] = []
  for (let index = 0; index < count; index++) {
    const directory = path.join(folder, `${kind}-${index}`)
    mkdirSync(directory, { mode: 0o700 })
    const peer = await spawnPeer(kind, { index, count, directory })
    const own = await peer.start()
    await peer.connect(addresses)
    addresses.push(...own)
    peers.push(peer)
  }
  return { kind, peers }
}

async function moveOnce(peers: readonly RemotePeer[], size: number, seed: number) {
  const [provider, ...receivers] = peers
  if (provider === undefined) throw new RangeError('no provider')
  const offer = await provider.offer(size, seed)
  const sentBefore = await provider.sentBytes()
  await Promise.all(peers.map((peer) => peer.watch()))
  const times = await Promise.all(receivers.map((peer) => peer.fetch(offer)))
  const memories = await Promise.all(peers.map((peer) => peer.peak()))
  const sentBytes = (await provider.sentBytes()) - sentBefore
  return { seconds: Math.max(...times.map((time) => time.seconds)), memories, sentBytes }
}

function rowsOf(
  { name, size, receivers }: Case,
  measured: {
    readonly seconds: ReadonlyMap<Kind, readonly number[]>
    readonly memories: readonly Memory[]
    readonly egress: number
  },
): readonly BenchRow[] {
  const { seconds, memories, egress } = measured
  const rate = (kind: Kind): number => ((size / MIB) * receivers) / median(seconds.get(kind) ?? [])
  const row = (metric: string, value: number, unit: string): BenchRow => ({
    ...{ case: name, metric, unit },
    value: Number(value.toPrecision(3)),
  })
  return [
    row('mib_per_s', rate('fednode'), 'MiB/s'),
    row('libp2p_stream_mib_per_s', rate('libp2p'), 'MiB/s'),
    row('tcp_mib_per_s', rate('tcp'), 'MiB/s'),
    row('http_mib_per_s', rate('http'), 'MiB/s'),
    row('ratio_vs_libp2p_stream', rate('fednode') / rate('libp2p'), 'x'),
    row('ratio_vs_tcp', rate('fednode') / rate('tcp'), 'x'),
    row('ratio_vs_http', rate('fednode') / rate('http'), 'x'),
    ...(receivers > 1 ? [row('aggregator_egress_models', egress, 'models')] : []),
    row('peak_rss_mb', Math.max(...memories.map(({ peak }) => peak)) / 1e6, 'MB'),
    row('peak_rss_over_idle_mb', Math.max(...memories.map((m) => m.peak - m.idle)) / 1e6, 'MB'),
  ]
}
