import { type Hex, toEventSelector } from 'viem'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { meanPoolAbi } from '../../../src/generated/mean-pool.ts'
import { scenarioAbi } from '../../../src/generated/scenario.ts'
import { connectChain, createIndexer, type Indexer } from '../../../src/index.ts'
import { startProxy, type Tamper } from '../../support/rpc-proxy.ts'
import type { Arena } from './support/arena.ts'
import { differencesOf, playedMarket, ROUNDS } from './support/played-market.ts'
import { playOn } from './support/random-market.ts'

type RawLog = Record<string, unknown>

describe('an index of a node that does not serve well', () => {
  let arena: Arena
  const open: { stop: () => unknown }[] = []

  beforeAll(async () => {
    arena = await playedMarket({ seed: 11, actions: 120 })
  }, 60_000)

  afterEach(async () => {
    for (const one of open.splice(0)) await one.stop()
  })

  afterAll(() => arena?.stop())

  const indexBehind = async (tamper: Tamper): Promise<Indexer> => {
    const proxy = await startProxy(arena.anvil.rpcUrl, tamper)
    const reader = await connectChain({ rpcUrl: proxy.rpcUrl })
    const options = { scenario: arena.scenario, file: ':memory:' }
    const indexer = await createIndexer(options, { reader })
    open.push(indexer, { stop: proxy.stop })
    return indexer
  }

  /** Changes the list of every answer to eth_getLogs. */
  const withLogs =
    (change: (logs: RawLog[]) => RawLog[]): Tamper =>
    ({ method }, answer) =>
      method === 'eth_getLogs' ? { ...answer, result: change(answer.result as RawLog[]) } : answer

  it('asks for the time of blocks that come without one', async () => {
    const indexer = await indexBehind(
      withLogs((logs) => logs.map(({ blockTimestamp: _, ...log }) => log)),
    )
    await indexer.sync()
    expect(await differencesOf(arena, indexer)).toEqual([])
  })

  it.each([
    ['swaps', ['Swapped']],
    ['transfers', ['Transfer']],
    ['streams', ['StreamsUpdated']],
    ['settlements', ['StreamsUpdated', 'RoundFinalized']],
    ['fundings', ['RoundFunded']],
  ])('notices that %s are left out', async (_, names) => {
    const indexer = await indexBehind(withLogs((logs) => logs.filter(isNone(names))))
    await expect(indexer.sync()).rejects.toThrow(code('EVENTS_INCONSISTENT'))
    expect(() => indexer.view()).toThrow(code('NOT_INDEXED'))
  })

  it('keeps what it had when a node fails it, and goes on with a better one', async () => {
    let lies = false
    const indexer = await indexBehind((call, answer) =>
      lies ? withLogs((logs) => logs.filter(isNone(['Swapped'])))(call, answer) : answer,
    )
    await indexer.sync()
    await playOn(arena, { seed: 12, actions: 60, rounds: ROUNDS, compareEvery: 1_000 })
    lies = true
    await expect(indexer.sync()).rejects.toThrow(code('EVENTS_INCONSISTENT'))
    expect(await differencesOf(arena, indexer)).toEqual([])
    lies = false
    await indexer.sync()
    expect(indexer.view().block).toBe(arena.indexer.view().block)
    expect(await differencesOf(arena, indexer)).toEqual([])
  })

  it('takes no event twice', async () => {
    const indexer = await indexBehind(withLogs((logs) => logs.flatMap((log) => [log, log])))
    await expect(indexer.sync()).rejects.toThrow(code('EVENTS_INCONSISTENT'))
  })

  it('takes no event of a block that it did not ask for', async () => {
    const indexer = await indexBehind(
      withLogs((logs) => logs.map((log) => ({ ...log, blockNumber: '0xffffff' }))),
    )
    await expect(indexer.sync()).rejects.toThrow(code('EVENTS_INCONSISTENT'))
  })

  it('takes no events of a block with two hashes', async () => {
    const other = `0x${'ab'.repeat(32)}`
    const indexer = await indexBehind(
      withLogs((logs) =>
        logs.map((log, at) => (at % 2 === 0 ? log : { ...log, blockHash: other })),
      ),
    )
    await expect(indexer.sync()).rejects.toThrow(code('EVENTS_INCONSISTENT'))
  })

  it('begins again when the chain changes while it is read', async () => {
    let reads = 0
    const indexer = await indexBehind(({ method, params }, answer) => {
      const isHeader = method === 'eth_getBlockByNumber' && params[0] !== 'latest'
      if (isHeader) reads += 1
      return isHeader && reads <= 3 ? withOtherHash(answer, reads) : answer
    })
    await indexer.sync()
    expect(reads).toBeGreaterThan(3)
    expect(await differencesOf(arena, indexer)).toEqual([])
  })

  it('gives up on a chain that changes without end', async () => {
    let reads = 0
    const indexer = await indexBehind(({ method }, answer) => {
      reads += 1
      return method === 'eth_getBlockByNumber' ? withOtherHash(answer, reads) : answer
    })
    await expect(indexer.sync()).rejects.toThrow(code('CHAIN_UNSTEADY'))
  })

  it('reads in parts what a node does not give at once', async () => {
    const indexer = await indexBehind(({ method, params }, answer) => {
      const [{ fromBlock, toBlock } = {}] = params as { fromBlock?: string; toBlock?: string }[]
      const many = method === 'eth_getLogs' && Number(toBlock) - Number(fromBlock) >= 10
      return many ? { ...answer, result: undefined, error: TOO_MANY } : answer
    })
    await indexer.sync()
    expect(await differencesOf(arena, indexer)).toEqual([])
  })

  it('says that the chain does not answer, and goes on when it does', async () => {
    let silent = true
    const indexer = await indexBehind(({ method }, answer) =>
      silent && method === 'eth_getLogs' ? undefined : answer,
    )
    await expect(indexer.sync()).rejects.toThrow(code('RPC_FAILED'))
    silent = false
    await indexer.sync()
    expect(await differencesOf(arena, indexer)).toEqual([])
  })
})

const SELECTORS: Readonly<Record<string, Hex>> = Object.fromEntries(
  [...scenarioAbi, ...meanPoolAbi]
    .filter((item) => item.type === 'event')
    .map((item) => [item.name, toEventSelector(item)]),
)

function isNone(names: readonly string[]): (log: RawLog) => boolean {
  const selectors = names.map((name) => SELECTORS[name])
  return ({ topics }) => !selectors.includes((topics as Hex[])[0])
}

const TOO_MANY = { code: -32_602, message: 'block range is too large' }

function withOtherHash(answer: Record<string, unknown>, seed: number): Record<string, unknown> {
  const hash = `0x${seed.toString(16).padStart(64, '0')}`
  return { ...answer, result: { ...(answer.result as object), hash } }
}

function code(expected: string) {
  return expect.objectContaining({ code: expected })
}
