import path from 'node:path'
import { createPeerKey, type SiloName } from '@fednode/protocol'
import { afterEach, expect, test } from 'vitest'
import {
  dataset,
  type Player,
  type ScriptedAggregator,
  type StartedSilo,
  startAggregator,
  startSilo,
  temporaryDirectory,
} from './harness.ts'

const cleanup: (() => unknown)[] = []

afterEach(async () => {
  for (const undo of cleanup.reverse()) await undo()
  cleanup.length = 0
})

function player(name: string, seed: number): Player {
  return { name: name as SiloName, key: createPeerKey(new Uint8Array(32).fill(seed)), dataset }
}

const [A, B] = [player('a', 21), player('b', 22)]
const NOT_ON_CHAIN = () => []

type Way = Pick<Parameters<typeof startSilo>[2], 'readEndpoint' | 'bootstrap' | 'network'>

async function start(directory: string, self: Player, way: Way): Promise<StartedSilo> {
  const home = path.join(directory, self.name)
  return startSilo(home, cleanup, { self, players: [A, B], ...way })
}

async function addressesOf(silo: StartedSilo): Promise<readonly string[]> {
  return (await silo.event('listening')).addresses
}

/** Opens a round and waits until everybody's update is announced. */
async function playOne(aggregator: ScriptedAggregator, silos: readonly Player[]): Promise<void> {
  await aggregator.say(aggregator.open(1))
  for (const { name } of silos) await aggregator.update(({ silo }) => silo === name)
}

test('a silo that the chain tells no address finds the aggregator through another member', async () => {
  const directory = temporaryDirectory(cleanup)
  const aggregator = await startAggregator(directory, cleanup)
  const b = await start(directory, B, { readEndpoint: () => aggregator.host.addresses() })
  await start(directory, A, {
    readEndpoint: NOT_ON_CHAIN,
    bootstrap: await addressesOf(b),
    network: { neighbours: 4 },
  })
  await playOne(aggregator, [A, B])
  await expect.poll(() => aggregator.host.isConnected(A.key.peerId), { timeout: 10_000 }).toBe(true)
}, 30_000)

test('a silo that listens nowhere takes part', async () => {
  const directory = temporaryDirectory(cleanup)
  const aggregator = await startAggregator(directory, cleanup)
  const a = await start(directory, A, {
    readEndpoint: () => aggregator.host.addresses(),
    network: { listen: [] },
  })
  await playOne(aggregator, [A])
  expect(await addressesOf(a)).toEqual([])
})

test('T11: a silo that is led to somebody else trains nothing until it meets the aggregator of the chain', async () => {
  const directory = temporaryDirectory(cleanup)
  const aggregator = await startAggregator(directory, cleanup)
  // A member that plays the aggregator: it speaks the protocol and holds a key of the federation, but not the federator's.
  const impostor = await startAggregator(path.join(directory, 'impostor'), cleanup, B.key)
  const endpoint = { addresses: impostor.host.addresses() }
  const a = await start(directory, A, {
    readEndpoint: () => endpoint.addresses,
    bootstrap: impostor.host.addresses(),
  })
  await impostor.say(impostor.open(1)).catch(() => {})
  await a.event('waiting')
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(impostor.received).toEqual([])
  expect(a.trainings()).toBe(0)

  endpoint.addresses = aggregator.host.addresses()
  await playOne(aggregator, [A])
  expect(a.trainings()).toBe(1)
}, 30_000)
