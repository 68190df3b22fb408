import {
  encodeSignedMessage,
  type MemberManifest,
  openSignedMessage,
  signMessage,
} from '@fednode/protocol'
import { afterEach, expect, it } from 'vitest'
import { checkEvidence } from '../../../src/evidence/check-evidence.ts'
import { checkSample } from '../../../src/evidence/check-sample.ts'
import type { Evidence } from '../../../src/evidence/evidence.ts'
import { parseEvidence } from '../../../src/evidence/parse-evidence.ts'
import type { RoundRecord } from '../../../src/types.ts'
import { createWorld, type World } from '../../support/coordination.ts'
import { heldUntil } from '../../support/scripted-silo.ts'
import { fixedRegistry, keyOf, tinyManifest } from '../../support/tiny-federation.ts'

const NAMES = ['alpha', 'beta', 'delta', 'gamma', 'omega']
const ROUNDS = { count: 3, minSilos: 2, maxSilos: 5, sampleShare: 0.4 }
const registry = fixedRegistry(NAMES)
const members = new Map(registry.members().map((member) => [String(member.name), member]))
const signers = {
  federator: registry.federatorPeerId,
  memberOf: (silo: string) => members.get(silo),
}

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

function evidenceOf({ blobs }: World, { evidence }: RoundRecord): Promise<Evidence> {
  return blobs.get(evidence.cid).then(parseEvidence)
}

it('rounds of a sample count and pay whom the seed draws, and everybody can check the draw', async () => {
  world = await createWorld({
    silos: Object.fromEntries(NAMES.map((name) => [name, undefined])),
    rounds: ROUNDS,
  })
  const { coordinator } = await world.startCoordinator()
  await coordinator.done
  const records = world.readJournal((journal) => journal.records())
  expect(records).toHaveLength(ROUNDS.count)
  for (const record of records) {
    const open = world.silos.get('alpha')?.opens.find(({ round }) => round === record.round)
    const drawn = open?.sample?.drawn.map((index) => NAMES[index])
    expect(drawn).toHaveLength(2)
    expect(record.contributions.map(({ silo }) => silo)).toEqual(drawn)
    const shares = world.chain.asserted.get(record.round)?.shares ?? []
    expect(shares.filter((_, index) => !open?.sample?.drawn.includes(index))).toEqual([0, 0, 0])
    const evidence = await evidenceOf(world, record)
    expect(await checkEvidence(evidence, signers)).toEqual([])
    const codes = await faultsOfAnotherDraw(evidence)
    expect(codes).toContain('BAD_SAMPLE')
  }
  const told = [...world.silos.values()].flatMap(({ receipts }) => receipts)
  expect(new Set(told.flatMap(({ code }) => code ?? []))).toEqual(new Set(['NOT_DRAWN']))
})

/** T35: what is found when the federator signs that the round was opened for others than its seed draws. */
async function faultsOfAnotherDraw(evidence: Evidence): Promise<readonly string[]> {
  const opened = openSignedMessage(evidence.roundOpen)
  if (!opened.ok || opened.signed.message.type !== 'round-open') throw new TypeError('no opening')
  const { message } = opened.signed
  const drawn = message.sample?.drawn ?? []
  const other = [0, 1, 2, 3, 4].filter((index) => !drawn.includes(index)).slice(0, 2)
  const forged = signMessage(
    { ...message, sample: { clients: 5, drawn: other } },
    keyOf('federator'),
  )
  const faults = await checkEvidence(
    { ...evidence, roundOpen: encodeSignedMessage(forged) },
    signers,
  )
  return faults.map(({ code }) => code)
}

it('T5: a draw that leaves listed members out is found', async () => {
  world = await createWorld({
    silos: Object.fromEntries(NAMES.map((name) => [name, undefined])),
    rounds: { ...ROUNDS, count: 1 },
    hasChain: false,
  })
  await (await world.startCoordinator()).coordinator.done
  const [record] = world.readJournal((journal) => journal.records())
  if (record === undefined) throw new TypeError('no round')
  const evidence = await evidenceOf(world, record)
  const { reward, market, registration, dispute, guardian, ...core } = tinyManifest(ROUNDS)
  const listing = (names: readonly string[]): MemberManifest => ({
    ...core,
    chain: 'none',
    members: {
      aggregator: keyOf('federator').peerId,
      silos: names.map((name) => ({ name, peerId: keyOf(name).peerId })),
    },
  })
  const faultsOf = (names: readonly string[]) =>
    checkSample(evidence, { manifest: listing(names), signers })
  expect(faultsOf(NAMES)).toEqual([])
  expect(faultsOf([...NAMES, 'sigma'])).toMatchObject([{ code: 'BAD_SAMPLE' }])
})

it('T5: a draw among fewer clients than the chain knew when the round was opened is found', async () => {
  world = await createWorld({
    silos: Object.fromEntries(NAMES.map((name) => [name, undefined])),
    rounds: { ...ROUNDS, count: 1 },
  })
  await (await world.startCoordinator()).coordinator.done
  const [record] = world.readJournal((journal) => journal.records())
  if (record === undefined) throw new TypeError('no round')
  const evidence = await evidenceOf(world, record)
  const asked: number[] = []
  const faultsFor = (clients: number) => {
    const clientsAt = (block: number) => {
      asked.push(block)
      return clients
    }
    return checkEvidence(evidence, { ...signers, clientsAt })
  }
  expect(await faultsFor(5)).toEqual([])
  expect(await faultsFor(6)).toEqual([
    { code: 'BAD_SAMPLE', detail: 'drawn among 5 clients, of 6 to 5' },
  ])
  const opened = openSignedMessage(evidence.roundOpen)
  expect(opened.ok && opened.signed.message).toMatchObject({ block: { number: asked[0] } })
})

it('T2: draws nobody whose binding does not hold, and everybody can check who that is', async () => {
  const ignored = ['beta', 'delta', 'gamma']
  world = await createWorld({
    silos: Object.fromEntries(NAMES.map((name) => [name, undefined])),
    rounds: ROUNDS,
    ignored,
  })
  await (await world.startCoordinator()).coordinator.done
  const records = world.readJournal((journal) => journal.records())
  expect(records).toHaveLength(ROUNDS.count)
  for (const record of records) {
    expect(record.contributions.map(({ silo }) => silo)).toEqual(['alpha', 'omega'])
    const evidence = await evidenceOf(world, record)
    expect(await checkEvidence(evidence, { ...signers, ignored: [1, 2, 3] })).toEqual([])
    expect(await checkEvidence(evidence, { ...signers, ignored: [1, 2] })).toEqual([
      { code: 'BAD_SAMPLE', detail: 'ignored are 1,2,3, not 1,2' },
    ])
  }
})

it('T4: a restart opens the round for the same sample', async () => {
  const held = Promise.withResolvers<void>()
  world = await createWorld({
    silos: Object.fromEntries(NAMES.map((name) => [name, heldUntil(held.promise)])),
    rounds: { ...ROUNDS, count: 1 },
  })
  const first = await world.startCoordinator()
  const opens = (): readonly { readonly sample?: unknown; readonly term: number }[] =>
    world?.silos.get('alpha')?.opens ?? []
  await expect.poll(() => opens().length).toBe(1)
  await first.kill()
  const second = await world.startCoordinator()
  await expect.poll(() => opens().length).toBe(2)
  expect(opens()[1]?.term).toBe(2)
  expect(opens()[1]?.sample).toEqual(opens()[0]?.sample)
  held.resolve()
  await second.coordinator.done
})
