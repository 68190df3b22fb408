import {
  BlobError,
  type BlobRef,
  cidOfBlob,
  createMemoryBlobStore,
  type PeerIdText,
  silentLogger,
} from '@fednode/protocol'
import { expect, it } from 'vitest'
import { mendRound } from '../../../src/coordinator/mend-round.ts'

type Needs = Parameters<typeof mendRound>[0]

const [BASE, NORTH, SOUTH] = ['base', 'north', 'south'].map((text) => Buffer.from(text))

function refOf(bytes: Uint8Array = new Uint8Array(0)): BlobRef {
  return { cid: cidOfBlob(bytes), size: bytes.length }
}

/** A round with two updates, and a disk with `kept`; tells who is asked for what. */
async function interrupted(kept: readonly (Uint8Array | undefined)[]) {
  const blobs = createMemoryBlobStore()
  for (const bytes of kept) if (bytes !== undefined) await blobs.put(bytes)
  const asked: { readonly cid: string; readonly peers: readonly PeerIdText[] }[] = []
  const updates = [
    { silo: 'north', update: refOf(NORTH) },
    { silo: 'south', update: refOf(SOUTH) },
  ]
  const members = ['north', 'south'].map((name) => ({ name, peerId: `peer-${name}` }))
  const run = {
    deps: {
      blobs,
      journal: { updates: () => updates },
      registry: { members: () => members },
      logger: silentLogger,
    },
    host: {
      async fetchBlob({ cid }: BlobRef, { peers }: { peers: readonly PeerIdText[] }) {
        asked.push({ cid, peers })
      },
    },
    signal: new AbortController().signal,
    // Of the journal, the registry and the host, only what mending uses.
  } as unknown as Needs
  return { run, asked }
}

it('T44: asks everybody for a model that the disk has lost, and a silo for its own update', async () => {
  const { run, asked } = await interrupted([NORTH])
  await mendRound(run, { round: 2, base: refOf(BASE) })
  expect(asked).toEqual([
    { cid: refOf(BASE).cid, peers: ['peer-north', 'peer-south'] },
    { cid: refOf(SOUTH).cid, peers: ['peer-south'] },
  ])
})

it('asks nobody for what is here', async () => {
  const { run, asked } = await interrupted([BASE, NORTH, SOUTH])
  await mendRound(run, { round: 2, base: refOf(BASE) })
  expect(asked).toEqual([])
})

it('T44: asks for what is here and is not its id', async () => {
  const { run, asked } = await interrupted([NORTH, SOUTH])
  run.deps.blobs.openReader = async (cid) => {
    throw new BlobError(`blob ${cid} is corrupt`, { code: 'BLOB_CORRUPT', cid })
  }
  await mendRound(run, { round: 2, base: refOf(BASE) })
  expect(asked).toHaveLength(3)
})
