import type { TaskRound } from '@fednode/contracts'
import { cidFromDigest } from '@fednode/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import type { ArenaEvent } from '../../../src/arena/arena-events.ts'
import { createArenaWorld, type Player } from './arena-world.ts'

const TIMEOUT_MS = 30_000
const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.splice(0).toReversed()) await undo()
})

const ofType = <T extends ArenaEvent['type']>({ events }: Player, type: T) =>
  events.filter((event): event is Extract<ArenaEvent, { type: T }> => event.type === type)

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10))
}
const gone = () => new Promise<never>(() => {})

describe('members of a task', { timeout: TIMEOUT_MS }, () => {
  it('play all rounds by themselves: nodes train and submit, validators score what they fetched', async () => {
    const counts = { nodes: 2, validators: 3, rounds: 2 }
    const { arena, nodes, validators } = await createArenaWorld(cleanup, counts)
    const members = []
    for (const one of [...nodes, ...validators]) members.push(await one.start())
    await Promise.all(members.map(({ done }) => done))
    expect(arena.over.map(({ round }) => round)).toEqual([1, 2])
    for (const { models, validators: seats } of arena.over) {
      expect(models).toHaveLength(2)
      // Better than a coin on rows that nobody trained on.
      for (const { consensus } of models) expect(consensus).toBeGreaterThan(5_000)
      for (const { scores } of seats) expect(scores).toHaveLength(2)
    }
    const [first, second] = arena.over
    expect(second?.models.map(({ model }) => model)).not.toEqual(
      first?.models.map(({ model }) => model),
    )
    const ofRound = (round: TaskRound | undefined) =>
      (round?.models ?? []).map(({ model }) => cidFromDigest(model, 'dag-cbor'))
    for (const { blobs } of validators) {
      for (const cid of ofRound(first)) expect(await blobs.has(cid)).toBe(false)
      for (const cid of ofRound(second)) expect(await blobs.has(cid)).toBe(true)
    }
    for (const one of [...nodes, ...validators]) {
      expect(ofType(one, 'trouble')).toEqual([])
      expect(ofType(one, 'ended').map(({ round }) => round)).toEqual([1, 2])
      expect(ofType(one, 'finished')).toEqual([{ type: 'finished', earned: '2', waiting: '0' }])
    }
    const places = nodes.flatMap((one) => ofType(one, 'ended').map(({ place }) => place))
    expect(places.toSorted()).toEqual([1, 1, 2, 2])
  })

  // T44, attack 38: a lost salt would cost stake.
  it('reveal what they committed to, though killed before, in or after the commitment', async () => {
    const counts = { nodes: 1, validators: 2, rounds: 1 }
    const { arena, nodes, validators } = await createArenaWorld(cleanup, counts)
    const [node, other, own] = [...nodes, ...validators] as [Player, Player, Player]
    const chain = arena.chainOf(own.account)
    const salts: string[] = []
    const watched = {
      commitmentOf(vote: Parameters<typeof chain.commitmentOf>[0]) {
        salts.push(vote.salt)
        return chain.commitmentOf(vote)
      },
    }
    await node.start()
    const others = await other.start()
    // The process ends when scores and salt are on the disk and nothing was sent.
    const unsent = await own.start({ ...watched, commit: gone })
    await until(() => salts.length === 1)
    await unsent.stop()
    // It ends when the chain has the transaction and nobody was told.
    const sent = await own.start({
      ...watched,
      async commit(seat, commitment) {
        await chain.commit(seat, commitment)
        return gone()
      },
    })
    await until(() => arena.seats().every(({ commitment }) => commitment !== undefined))
    await sent.stop()
    const last = await own.start(watched)
    await Promise.all([last.done, others.done])
    expect(new Set(salts).size).toBe(1)
    expect(ofType(own, 'scored')).toHaveLength(1)
    expect(arena.over[0]?.validators.every(({ scores }) => scores !== undefined)).toBe(true)
  })

  it('submit what was trained before a restart, without training again', async () => {
    const counts = { nodes: 1, validators: 1, rounds: 1 }
    const { arena, nodes, validators } = await createArenaWorld(cleanup, counts)
    const [node, validator] = [...nodes, ...validators] as [Player, Player]
    const asked: string[] = []
    const killed = await node.start({
      async submit(model) {
        asked.push(model)
        return gone()
      },
    })
    await until(() => asked.length === 1)
    await killed.stop()
    const steps = ofType(node, 'training').length
    const members = [await node.start(), await validator.start()]
    await Promise.all(members.map(({ done }) => done))
    expect(ofType(node, 'training')).toHaveLength(steps)
    expect(arena.over[0]?.models[0]?.model).toBe(asked[0])
  })

  it('attack 38: score nothing for a copy of another node’s model', async () => {
    const counts = { nodes: 2, validators: 1, rounds: 1 }
    const { arena, nodes, validators } = await createArenaWorld(cleanup, counts)
    const [honest, copier, validator] = [...nodes, ...validators] as [Player, Player, Player]
    const members = [await honest.start(), await validator.start()]
    await until(() => ofType(honest, 'submitted').length === 1)
    const [said] = ofType(honest, 'submitted')
    await arena.chainOf(copier.account).submit(said?.digest ?? '0x')
    await Promise.all(members.map(({ done }) => done))
    const scores = arena.over[0]?.validators[0]?.scores
    expect(scores?.[0]).toBeGreaterThan(5_000)
    expect(scores?.[1]).toBe(0)
  })

  it.each([-600, 600])(
    'miss no duty though the chain’s clock is %i s ahead of this machine’s',
    async (ahead) => {
      const startsAt = Math.floor(Date.now() / 1000) + ahead
      const counts = { nodes: 1, validators: 1, rounds: 1, startsAt }
      const { arena, nodes, validators } = await createArenaWorld(cleanup, counts)
      const members = []
      for (const one of [...nodes, ...validators]) members.push(await one.start())
      await Promise.all(members.map(({ done }) => done))
      const [round] = arena.over
      expect(round?.models).toHaveLength(1)
      expect(round?.validators[0]?.scores).toHaveLength(1)
    },
  )

  it('stop with a reason when their stake is gone', async () => {
    const counts = { nodes: 1, validators: 1, rounds: 1 }
    const { arena, validators } = await createArenaWorld(cleanup, counts)
    const [validator] = validators as [Player]
    arena.slash(validator.account)
    const member = await validator.start()
    await expect(member.done).rejects.toMatchObject({ info: { code: 'STAKE_GONE' } })
  })
})
