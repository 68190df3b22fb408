import { afterEach, describe, expect, it } from 'vitest'
import type { AllianceEvent } from '../../../src/alliance/alliance-events.ts'
import { createAllianceWorld, type Participant } from './alliance-world.ts'

const TIMEOUT_MS = 30_000
const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.splice(0).toReversed()) await undo()
})

const ofType = <T extends AllianceEvent['type']>({ events }: Participant, type: T) =>
  events.filter((event): event is Extract<AllianceEvent, { type: T }> => event.type === type)

/** Waits for an event that satisfies `matches`. */
async function seen(one: Participant, matches: (event: AllianceEvent) => boolean): Promise<void> {
  while (!one.events.some(matches)) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('nodes of an alliance', { timeout: TIMEOUT_MS }, () => {
  it('play all rounds by themselves: all voters vote for one digest, and the model gets better', async () => {
    const { alliance, participants } = await createAllianceWorld(cleanup, { count: 6, rounds: 3 })
    const nodes = []
    for (const one of participants) nodes.push(await one.start())
    await Promise.all(nodes.map((node) => node.done))
    for (const round of [1, 2, 3]) {
      const { proposers, voters, digest, verdict } = alliance.read(round)
      expect(proposers.every(({ contribution }) => contribution !== undefined)).toBe(true)
      expect(voters.map(({ ballot }) => ballot?.digest)).toEqual(voters.map(() => digest))
      expect(verdict).toBe('accepted')
    }
    for (const one of participants) {
      expect(ofType(one, 'settled').map(({ round }) => round)).toEqual([1, 2, 3])
      expect(ofType(one, 'finished')).toMatchObject([{ model: expect.any(String) }])
      expect(ofType(one, 'trouble')).toEqual([])
    }
    const votes = participants.flatMap((one) => ofType(one, 'voted'))
    const firstLoss = votes.find(({ round }) => round === 1)?.lossBefore ?? 0
    const lastLoss = votes.find(({ round }) => round === 3)?.lossAfter ?? 1
    expect(lastLoss).toBeLessThan(firstLoss)
  })

  // T44, attack 38: a lost salt would cost stake.
  it('reveal what they committed to, though killed before, in or after the commitment', async () => {
    const { alliance, participants } = await createAllianceWorld(cleanup, { count: 4, rounds: 1 })
    const [a, b, c, d] = participants as [Participant, Participant, Participant, Participant]
    const gone = () => new Promise<never>(() => {})
    const chain = alliance.chainOf(c.account)
    await a.start()
    await b.start()
    const others = await d.start()
    const salts: string[] = []
    const dies = await c.start({
      // The process ends when the vote is on the disk and nothing was sent.
      commitmentOf: (vote) => {
        salts.push(vote.salt)
        return chain.commitmentOf(vote)
      },
      commitVote: gone,
    })
    await seen(c, (event) => event.type === 'voted')
    await dies.stop()
    const sent = await c.start({
      commitmentOf: (vote) => {
        salts.push(vote.salt)
        return chain.commitmentOf(vote)
      },
      // It ends when the node has the transaction and nobody was told.
      async commitVote(seat, commitment) {
        await chain.commitVote(seat, commitment)
        return gone()
      },
      revealVote: gone,
    })
    while (alliance.read(1).voters.some(({ committed }) => !committed)) {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await sent.stop()
    const last = await c.start()
    await Promise.all([last.done, others.done])
    expect(salts).toHaveLength(2)
    expect(new Set(salts).size).toBe(1)
    expect(ofType(c, 'voted')).toHaveLength(1)
    expect(alliance.read(1).voters.every(({ ballot }) => ballot !== undefined)).toBe(true)
    expect(alliance.read(1).verdict).toBe('accepted')
  })

  it('say again what they trained before they were killed', async () => {
    const { alliance, participants } = await createAllianceWorld(cleanup, { count: 4, rounds: 1 })
    const [a, ...others] = participants as [Participant, ...Participant[]]
    const digests: string[] = []
    const dies = await a.start({
      contribute(_, digest) {
        digests.push(digest)
        return new Promise(() => {})
      },
    })
    for (const one of others) await one.start()
    while (digests.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    await dies.stop()
    const trained = ofType(a, 'training').length
    const node = await a.start()
    await node.done
    expect(ofType(a, 'training')).toHaveLength(trained)
    expect(alliance.read(1).proposers[0]?.contribution).toBe(digests[0])
  })

  it.each([-600, 600])(
    'miss no duty though the chain’s clock is %i s ahead of this machine’s',
    async (chainAhead) => {
      const terms = { count: 4, rounds: 1, chainAhead }
      const { alliance, participants } = await createAllianceWorld(cleanup, terms)
      const nodes = []
      for (const one of participants) nodes.push(await one.start())
      await Promise.all(nodes.map((node) => node.done))
      const { proposers, voters, verdict } = alliance.read(1)
      expect(proposers.every(({ contribution }) => contribution !== undefined)).toBe(true)
      expect(voters.every(({ ballot }) => ballot !== undefined)).toBe(true)
      expect(verdict).toBe('accepted')
    },
  )

  it('stop with a reason when their stake is gone', async () => {
    const { alliance, participants } = await createAllianceWorld(cleanup, { count: 3, rounds: 2 })
    const [a, b, c] = participants as [Participant, Participant, Participant]
    alliance.stakes.set(c.account, 99n)
    const poor = await c.start()
    await a.start()
    await b.start()
    await expect(poor.done).rejects.toMatchObject({
      code: 'STAKE_GONE',
      info: { fault: 'refused' },
    })
    expect(ofType(c, 'stake-low').length).toBeLessThanOrEqual(1)
  })
})
