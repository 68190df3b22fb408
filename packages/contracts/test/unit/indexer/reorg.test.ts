import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createIndexer } from '../../../src/index.ts'
import type { Arena } from './support/arena.ts'
import { differencesOf, playedMarket, ROUNDS } from './support/played-market.ts'
import { playOn } from './support/random-market.ts'
import { rpc } from './support/rpc.ts'

describe('an index of a chain that changes its past (attack 53)', () => {
  let arena: Arena

  beforeAll(async () => {
    arena = await playedMarket({ seed: 1, actions: 150 })
  }, 60_000)

  afterAll(() => arena?.stop())

  const play = (seed: number) =>
    playOn(arena, { seed, actions: 60, rounds: ROUNDS, compareEvery: 3 })

  it('attack 53: takes back what a reorg took back, and equals the new chain to the wei', async () => {
    const { indexer, anvil } = arena
    const before = await indexer.sync()
    await rpc(anvil.rpcUrl, 'anvil_reorg', [6, []])
    const after = await indexer.sync()
    expect(after.undone).toBeGreaterThanOrEqual(6)
    expect(after.tip?.number).toBe(before.tip?.number)
    expect(after.tip?.hash).not.toBe(before.tip?.hash)
    expect(await differencesOf(arena)).toEqual([])
    expect((await play(2)).differences).toEqual([])
  })

  it('attack 53: follows a chain that became shorter, and then another way', async () => {
    const { indexer, anvil } = arena
    const snapshot = await rpc(anvil.rpcUrl, 'evm_snapshot')
    await play(3)
    const { tip: abandoned } = await indexer.sync()
    await rpc(anvil.rpcUrl, 'evm_revert', [snapshot])
    const { tip, undone } = await indexer.sync()
    expect(undone).toBeGreaterThan(0)
    expect(tip?.number).toBeLessThan(abandoned?.number ?? 0)
    expect(await differencesOf(arena)).toEqual([])
    expect((await play(4)).differences).toEqual([])
  })

  it('attack 53: keeps nothing of the old chain: the prices are those of an index that never saw it', async () => {
    const { indexer, scenario, world } = arena
    await indexer.sync()
    const fresh = await createIndexer({ scenario, file: ':memory:' }, { reader: world.reader })
    await fresh.sync()
    expect(indexer.view().clients.length).toBeGreaterThan(2)
    for (const { token } of indexer.view().clients) {
      expect(indexer.priceHistory(token)).toEqual(fresh.priceHistory(token))
    }
    fresh.stop()
  })
})
