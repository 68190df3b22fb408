import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectChain, createIndexer } from '../../../src/index.ts'
import { startProxy } from '../../support/rpc-proxy.ts'
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

  it('attack 53, T52: takes back what a reorg took back, and equals the new chain to the wei', async () => {
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

  it('attack 53: sees a reorg that comes between two of its questions', async () => {
    const { anvil, scenario } = arena
    const { tip: old } = await arena.indexer.sync()
    let pretends = false
    const proxy = await startProxy(anvil.rpcUrl, ({ method, params }, answer) => {
      const asksForTip = method === 'eth_getBlockByNumber' && Number(params[0]) === old?.number
      if (!pretends || !asksForTip) return answer
      pretends = false
      return { ...answer, result: { ...(answer.result as object), hash: old?.hash } }
    })
    const reader = await connectChain({ rpcUrl: proxy.rpcUrl })
    const indexer = await createIndexer({ scenario, file: ':memory:' }, { reader })
    await indexer.sync()
    await rpc(anvil.rpcUrl, 'anvil_reorg', [3, []])
    await arena.mine([], 10)
    // Once more the node says that the old tip stands, and then goes on with what follows on the new one.
    pretends = true
    expect((await indexer.sync()).undone).toBeGreaterThanOrEqual(3)
    expect(await differencesOf(arena, indexer)).toEqual([])
    indexer.stop()
    await proxy.stop()
  })

  it('attack 53: starts again when somebody put another chain in the place of this one', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'fednode-reorg-'))
    const file = path.join(directory, 'index.sqlite')
    const one = await playedMarket({ seed: 5, actions: 40 }, { file })
    const old = await one.indexer.sync()
    await one.stop()
    const other = await playedMarket({ seed: 6, actions: 40 }, { file, genesisTime: 1_600_000_000 })
    expect(other.scenario).toBe(one.scenario)
    expect(old.tip).not.toBeNull()
    expect(await differencesOf(other)).toEqual([])
    await other.stop()
    rmSync(directory, { recursive: true })
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
