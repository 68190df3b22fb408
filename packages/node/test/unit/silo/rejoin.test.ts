import path from 'node:path'
import { type CoordinatorEvent, createCoordinator, createJournal } from '@fednode/aggregator'
import type { Registry } from '@fednode/contracts'
import { createEngine } from '@fednode/engine'
import {
  createBlobStore,
  createHost,
  createPeerKey,
  type Host,
  type SiloName,
  silentLogger,
} from '@fednode/protocol'
import { afterEach, expect, test } from 'vitest'
import {
  aggregatorKey,
  CHAIN_ID,
  dataset,
  MANIFEST_CID,
  manifest,
  type Player,
  registry,
  SCENARIO,
  startSilo,
  TARGETS,
  temporaryDirectory,
  until,
} from './harness.ts'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.reverse()) await undo()
  cleanup.length = 0
})

const PLAYERS: readonly Player[] = ['a', 'b', 'c'].map((name, index) => ({
  name: name as SiloName,
  key: createPeerKey(new Uint8Array(32).fill(20 + index)),
  dataset: {
    ...dataset,
    targets: {
      ...TARGETS,
      labels: TARGETS.labels.map((label, row) => (row % 7 === index ? 1 : label)),
    },
  },
}))
const ROUNDS = { count: 4, deadlineSeconds: 60, minSilos: 2, maxSilos: 3, targetShare: 0.6 }
const PLAN = { ...manifest, rounds: ROUNDS }

/** A real coordinator, without a chain, that waits after every round until it is told to go on. */
async function startRealAggregator(directory: string) {
  const events: CoordinatorEvent[] = []
  const journal = createJournal(path.join(directory, 'journal.sqlite'))
  const blobs = createBlobStore(path.join(directory, 'aggregator'))
  const hosts: Host[] = []
  const coordinator = createCoordinator(
    {
      ...{ chainId: CHAIN_ID, scenario: SCENARIO, manifest: PLAN, manifestCid: MANIFEST_CID },
      ...{ software: 'test 0', pollMs: 20, announceMs: 100, lingerMs: 0 },
    },
    {
      createHost(rules) {
        const host = createHost(
          {
            ...{ peerKey: aggregatorKey, listen: ['/ip4/127.0.0.1/tcp/0'], blobs },
            ...{ chainId: CHAIN_ID, scenario: SCENARIO },
          },
          { rules, logger: silentLogger },
        )
        hosts.push(host)
        return host
      },
      engine: await createEngine({ backend: 'cpu' }),
      registry: wholeRegistry(),
      ...{ journal, blobs, peerKey: aggregatorKey, validation: dataset, scratch: directory },
      logger: silentLogger,
      now: Date.now,
      elapsed: () => performance.now(),
      onEvent(event) {
        if (event.type === 'round-closed') journal.setPaused(true)
        events.push(event)
      },
      signal: new AbortController().signal,
    },
  )
  journal.setPaused(true)
  await coordinator.start()
  cleanup.push(async () => {
    await coordinator.stop()
    journal.close()
  })
  const [host] = hosts
  if (host === undefined) throw new TypeError('no host')
  const closed = (round: number) =>
    until(() =>
      events.find((event) => event.type === 'round-closed' && event.record.round === round),
    )
  return {
    host,
    coordinator,
    /** Plays the next round; whose updates counted. */
    async play(round: number): Promise<readonly string[]> {
      journal.setPaused(false)
      await closed(round)
      return journal.updates(round).map(({ silo }) => silo)
    },
    models: () => journal.records().map(({ model }) => model.cid),
  }
}

function wholeRegistry(): Registry {
  return { ...registry(PLAYERS), ignored: () => [], clientCount: PLAYERS.length, blockNumber: 0n }
}

test('a silo that was away for rounds catches up from the last global model and plays on', async () => {
  const directory = temporaryDirectory(cleanup)
  const aggregator = await startRealAggregator(directory)
  const start = (self: Player) =>
    startSilo(path.join(directory, self.name), cleanup, {
      ...{ self, players: PLAYERS, manifest: PLAN },
      readEndpoint: () => aggregator.host.addresses(),
    })
  const isThere = (name: string) => {
    const player = PLAYERS.find((one) => one.name === name)
    return player !== undefined && aggregator.host.isConnected(player.key.peerId)
  }
  const [, , last] = PLAYERS
  if (last === undefined) throw new TypeError('no third silo')
  const silos = await Promise.all(PLAYERS.map(start))
  await until(() => (['a', 'b', 'c'].every(isThere) ? true : undefined))
  expect(await aggregator.play(1)).toEqual(['a', 'b', 'c'])

  await silos[2]?.event('round-result')
  await silos[2]?.silo.stop()
  await until(() => (isThere('c') ? undefined : true))
  expect(await aggregator.play(2)).toEqual(['a', 'b'])

  const again = await start(last)
  await until(() => (isThere('c') ? true : undefined))
  expect(await aggregator.play(3)).toEqual(['a', 'b', 'c'])
  // It began with what round 2 left, which it never saw being made.
  expect(again.journal.update(3)?.base).toBe(aggregator.models()[1])
  expect(again.trainings()).toBe(1)
  expect(await aggregator.play(4)).toEqual(['a', 'b', 'c'])
  await Promise.all([silos[0]?.silo.done, silos[1]?.silo.done, again.silo.done])
  await aggregator.coordinator.done
}, 60_000)
