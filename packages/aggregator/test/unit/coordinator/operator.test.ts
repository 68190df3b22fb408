import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { ChainError } from '@fednode/contracts'
import { encodeCanonical } from '@fednode/protocol'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readRound, readRounds } from '../../../src/commands/read-rounds.ts'
import { readStatus } from '../../../src/commands/read-status.ts'
import { setPaused } from '../../../src/commands/set-paused.ts'
import { createWorld, type World } from '../../support/coordination.ts'
import { heldUntil } from '../../support/scripted-silo.ts'
import { keyOf } from '../../support/tiny-federation.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

describe('an operator', () => {
  it('pauses before a round and resumes from another connection, and sees where it stands', async () => {
    world = await createWorld({
      silos: { alpha: undefined, beta: undefined },
      rounds: { count: 1 },
    })
    const { directory, events } = world
    const running = await world.startCoordinator((journal) => {
      journal.setPaused(true)
      return journal
    })
    await vi.waitFor(() => {
      expect(events.at(-1)).toMatchObject({ type: 'waiting', for: 'resume' })
    })
    expect(readStatus(directory)).toMatchObject({ term: 1, paused: true, finishedRounds: 0 })
    expect(readRounds(directory)).toEqual([])
    setPaused(directory, false)
    await running.coordinator.done
    expect(readStatus(directory)).toMatchObject({
      paused: false,
      finishedRounds: 1,
      chain: { pending: 0 },
    })
    expect(readRound(directory, 1)).toMatchObject({ round: 1, state: 'final' })
    expect(readRound(directory, 2)).toBeUndefined()
  })

  it('sees that the market is waited for when the manifest has one, and rounds begin when it opens', async () => {
    world = await createWorld({
      silos: { alpha: undefined, beta: undefined },
      rounds: { count: 1 },
      market: { seedCurrency: '0.5', siloBps: 9_000, poolBps: 1_000 },
    })
    const { chain, events } = world
    const running = await world.startCoordinator()
    await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ for: 'market' }))
    expect(chain.sent).toEqual(['endpoint'])
    chain.isPoolOpen = true
    await running.coordinator.done
    expect(chain.sent).toContain('finalize 1')
  })

  it('may pause an interrupted round for longer than its deadline: it gets its full time again', async () => {
    const killed = Promise.withResolvers<void>()
    world = await createWorld({
      silos: { alpha: undefined, beta: heldUntil(killed.promise) },
      rounds: { count: 1, deadlineSeconds: 1 },
    })
    const { directory, events } = world
    const first = await world.startCoordinator()
    await vi.waitFor(() => expect(events.some(({ type }) => type === 'update')).toBe(true))
    await first.kill()
    setPaused(directory, true)
    const before = readStatus(directory).current?.deadline ?? 0
    const second = await world.startCoordinator()
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(before), 3_000)
    const beta = world.silos.get('beta')
    expect(await beta?.host.sync(keyOf('federator').peerId)).toEqual([])
    killed.resolve()
    setPaused(directory, false)
    await second.coordinator.done
    expect(readRound(directory, 1)).toMatchObject({ state: 'final' })
    expect(readStatus(directory).term).toBe(2)
  })

  it('can stop it at once, also while the chain does not answer at all', async () => {
    world = await createWorld({ silos: { alpha: undefined, beta: undefined } })
    world.chain.readScenario = () => new Promise(() => {})
    const { coordinator } = await world.startCoordinator()
    const stopping = coordinator.stop()
    await expect(coordinator.done).resolves.toBeUndefined()
    await stopping
  }, 5_000)

  it('is told when there is no journal', () => {
    for (const query of [readRounds, readStatus, (d: string) => setPaused(d, true)]) {
      expect(() => query('/nonexistent')).toThrow(expect.objectContaining({ code: 'NO_JOURNAL' }))
    }
  })

  it('is told once that the chain does not answer, however often it is asked, and the start goes on when it does', async () => {
    world = await createWorld({
      silos: { alpha: undefined, beta: undefined },
      rounds: { count: 1 },
    })
    const { chain, events } = world
    let asked = 0
    const { readScenario } = chain
    chain.readScenario = () => {
      asked++
      return readScenario()
    }
    chain.down = new ChainError('the node is away', { code: 'RPC_FAILED' })
    const running = await world.startCoordinator()
    await vi.waitFor(() => expect(asked).toBeGreaterThan(3), 10_000)
    delete chain.down
    await running.coordinator.done
    expect(events.filter((event) => event.type === 'waiting' && event.for === 'chain')).toEqual([
      { type: 'waiting', for: 'chain', detail: 'the node is away' },
    ])
    expect(events.at(-1)).toMatchObject({ type: 'finished' })
  })

  it('keeps training while the chain is down, sees why it waits, and everything is anchored later', async () => {
    const fallen = Promise.withResolvers<void>()
    world = await createWorld({ silos: { alpha: undefined, beta: heldUntil(fallen.promise) } })
    const { chain, directory, events } = world
    const running = await world.startCoordinator()
    await vi.waitFor(() => expect(chain.sent).toContain('fund 1'))
    chain.down = new ChainError('the node is away', { code: 'RPC_FAILED' })
    fallen.resolve()
    await vi.waitFor(() => expect(readRounds(directory)).toHaveLength(2), 10_000)
    await vi.waitFor(() => {
      expect(readStatus(directory).chain).toMatchObject({ next: { error: 'the node is away' } })
    }, 10_000)
    expect(events.some(({ type }) => type === 'chain-delayed')).toBe(true)
    expect(chain.settlements).toEqual([])
    delete chain.down
    await running.coordinator.done
    expect(chain.settlements.map(({ round }) => round)).toEqual([1, 2])
    expect(chain.sent.filter((sent) => sent.startsWith('fund'))).toEqual(['fund 1', 'fund 2'])
  })

  it('T46: does not go back to an old backup of its directory', async () => {
    const copied = Promise.withResolvers<void>()
    world = await createWorld({ silos: { alpha: undefined, beta: heldUntil(copied.promise) } })
    const { directory, events } = world
    const path = join(directory, 'journal.sqlite')
    const first = await world.startCoordinator()
    await vi.waitFor(() => expect(events.some(({ type }) => type === 'round-open')).toBe(true))
    await first.kill()
    copyFileSync(path, join(directory, 'backup'))
    copied.resolve()
    const second = await world.startCoordinator()
    await second.coordinator.done
    await second.kill()
    copyFileSync(join(directory, 'backup'), path)
    const restored = await world.startCoordinator()
    await expect(restored.coordinator.done).rejects.toMatchObject({ code: 'JOURNAL_BEHIND_CHAIN' })
  })
})

describe('what the aggregator says', () => {
  it('T4: is the same in every announcement of a round but for the time', async () => {
    const heard = Promise.withResolvers<void>()
    world = await createWorld({
      silos: { alpha: undefined, beta: heldUntil(heard.promise) },
      rounds: { count: 1 },
    })
    const running = await world.startCoordinator()
    const host = world.silos.get('beta')?.host
    const { peerId } = keyOf('federator')
    const times = new Set<number>()
    const contents = new Set<string>()
    while (times.size < 3) {
      for (const { message } of (await host?.sync(peerId)) ?? []) {
        if (message.type !== 'round-open') continue
        const { sentAt, ...content } = message
        times.add(sentAt)
        contents.add(String(encodeCanonical(content)))
      }
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    expect(contents.size).toBe(1)
    heard.resolve()
    await running.coordinator.done
  })

  it('T5: gives every accepted update a receipt, also to a silo that missed it', async () => {
    const asked = Promise.withResolvers<void>()
    world = await createWorld({
      silos: { alpha: undefined, beta: heldUntil(asked.promise) },
      rounds: { count: 1 },
    })
    const alpha = world.silos.get('alpha')
    const running = await world.startCoordinator()
    await vi.waitFor(() => expect(alpha?.receipts.length).toBeGreaterThan(0))
    alpha?.receipts.splice(0)
    await alpha?.catchUp()
    expect(alpha?.receipts).toMatchObject([{ silo: 'alpha', accepted: true, round: 1 }])
    asked.resolve()
    await running.coordinator.done
  })
})
