import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ChainError } from '@fednode/contracts'
import { cidOfBlob, silentLogger } from '@fednode/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ChainQueue, createChainQueue } from '../../../src/chain/queue.ts'
import { createJournal, type Journal } from '../../../src/journal/create-journal.ts'
import type { CoordinatorEvent } from '../../../src/types.ts'
import { createFakeChain, type FakeChain } from '../../support/fake-chain.ts'
import { RANDOMNESS } from '../../support/tiny-federation.ts'

const BLOB = { cid: cidOfBlob(Uint8Array.of(1)), size: 1 }
const DIGEST = `0x${'ab'.repeat(32)}` as const
const LOST = new ChainError('the answer was lost', { code: 'RPC_FAILED' })

let directory = ''
let journal: Journal
let chain: FakeChain
let events: CoordinatorEvent[]
const queues: ChainQueue[] = []
/** How much shorter pauses are than in earnest. */
const SPEED = 50

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fednode-queue-'))
  journal = createJournal(join(directory, 'journal.sqlite'))
  chain = createFakeChain({ rounds: 2, clients: 1 })
  events = []
})
afterEach(async () => {
  for (const queue of queues.splice(0)) await queue.stop()
  journal.close()
  rmSync(directory, { recursive: true, force: true })
})

function startQueue(failures: unknown[] = [], elapsed = () => performance.now()): ChainQueue {
  const queue = createChainQueue({
    journal,
    chain,
    logger: silentLogger,
    elapsed,
    pause: (ms, signal) => sleep(ms / SPEED, undefined, { signal }),
    beforeStep: async () => {},
    onEvent: (event) => events.push(event),
    onFailure: (error) => failures.push(error),
  })
  queues.push(queue)
  queue.start()
  return queue
}

/** A round that is over, with all its steps still to be done. */
function playedRound(round: number, shares = [1e9]): void {
  const open = {
    round,
    state: 'open',
    base: BLOB,
    openedAt: 1,
    deadline: 2,
    ...RANDOMNESS,
  } as const
  journal.beginRound(open, [{ step: 'fund', amountWei: '100' }])
  journal.endRound(
    {
      round,
      model: BLOB,
      evidence: BLOB,
      strategyState: [],
      metrics: { accuracy: 1 },
      loss: 0,
      utilityBefore: 0,
      utilityAfter: 1,
      contributions: [],
      seconds: { train: 0, transfer: 0, aggregate: 0, assess: 0 },
      void: false,
    },
    [
      { step: 'assert', shares, evidenceDigest: DIGEST, modelDigest: DIGEST },
      { step: 'finalize', shares },
    ],
  )
}

const ALL = ['fund 1', 'assert 1', 'finalize 1', 'fund 2', 'assert 2', 'finalize 2']

describe('createChainQueue', () => {
  it('carries out all steps in order, and new ones when woken', async () => {
    playedRound(1)
    const queue = startQueue()
    await queue.drained()
    expect(chain.sent).toEqual(ALL.slice(0, 3))
    playedRound(2)
    queue.wake()
    await queue.drained()
    expect(chain.sent).toEqual(ALL)
    expect(events.filter(({ type }) => type === 'anchored')).toHaveLength(6)
  })

  it('is drained at once when there is nothing to do', async () => {
    await startQueue().drained()
    expect(chain.sent).toEqual([])
  })

  for (const step of ['fund', 'assert', 'finalize'] as const) {
    it(`looks up a lost receipt and does not repeat the step: ${step}`, async () => {
      playedRound(1)
      playedRound(2)
      const { [`${step}Round` as const]: send } = chain
      let isLost = false
      Object.assign(chain, {
        [`${step}Round`]: async (...args: never[]) => {
          if (!isLost) chain.losesReceipt = LOST
          isLost = true
          return Reflect.apply(send, chain, args)
        },
      })
      await startQueue().drained()
      expect(chain.sent).toEqual(ALL)
      expect(events.filter(({ type }) => type === 'chain-delayed')).toMatchObject([
        { round: 1, step, code: 'RPC_FAILED' },
      ])
      expect(journal.tasks(1).every(({ done }) => done)).toBe(true)
    })
  }

  it('T54: waits while gas costs more than the bound, says so, and goes on when it is cheaper', async () => {
    playedRound(1)
    const { fundRound } = chain
    let isDear = true
    Object.assign(chain, {
      fundRound: async (...args: Parameters<typeof fundRound>) => {
        if (!isDear) return Reflect.apply(fundRound, chain, args)
        isDear = false
        throw new ChainError('the chain asks too much', { code: 'FEE_TOO_HIGH' })
      },
    })
    const failures: unknown[] = []
    await startQueue(failures).drained()
    expect(failures).toEqual([])
    expect(chain.sent).toEqual(ALL.slice(0, 3))
    expect(events.filter(({ type }) => type === 'chain-delayed')).toMatchObject([
      { round: 1, step: 'fund', code: 'FEE_TOO_HIGH', detail: 'the chain asks too much' },
    ])
  })

  it('does not send while an own transaction of an earlier try waits to be mined', async () => {
    playedRound(1)
    const [first] = journal.tasks()
    if (first !== undefined) journal.startTask(first.id)
    let isPending = true
    const looks = vi.fn(async () => isPending)
    chain.hasPending = looks
    const queue = startQueue()
    await vi.waitFor(() => expect(looks).toHaveBeenCalled())
    expect(chain.sent).toEqual([])
    isPending = false
    await queue.drained()
    expect(chain.sent).toEqual(ALL.slice(0, 3))
  })

  it('T54: replaces what an earlier life sent and nobody mines, and then sends the step again', async () => {
    playedRound(1)
    const [first] = journal.tasks()
    if (first !== undefined) journal.startTask(first.id)
    let now = 0
    let isPending = true
    const unblockedAt: number[] = []
    chain.hasPending = async () => {
      now += 60_000
      return isPending
    }
    chain.unblock = async () => {
      unblockedAt.push(now)
      isPending = unblockedAt.length < 2
    }
    await startQueue([], () => now).drained()
    expect(unblockedAt).toEqual([60_000, 120_000])
    expect(chain.sent).toEqual(ALL.slice(0, 3))
  }, 20_000)

  it('waits for the challenge window on the chain clock, and does not count the wait as anchoring', async () => {
    playedRound(1)
    const read = chain.readScenario
    chain.readScenario = async () => ({ ...(await read()), finalizableAt: 1_000n })
    let now = 999n
    chain.chainTime = async () => now
    const queue = startQueue()
    await vi.waitFor(() => expect(chain.sent).toEqual(ALL.slice(0, 2)))
    now = 1_000n
    await queue.drained()
    expect(chain.sent).toEqual(ALL.slice(0, 3))
    expect(journal.tasks(1).at(-1)?.seconds).toBeLessThan(0.5)
  })

  it('takes a round that others voided meanwhile as void', async () => {
    playedRound(1)
    await chain.voidRound(1)
    await startQueue().drained()
    expect(chain.sent).toEqual(['void 1'])
    expect(journal.record(1)?.state).toBe('void')
  })

  it('gives clients that came late a place in the vector, and no share', async () => {
    playedRound(1)
    chain.activeClients = 3
    await startQueue().drained()
    expect(chain.asserted.get(1)?.shares).toEqual([1e9, 0, 0])
    expect(chain.settlements).toMatchObject([{ round: 1, voided: false }])
  })

  it('voids a round whose shares were struck down, and does not assert them again', async () => {
    playedRound(1)
    const { assertRound } = chain
    chain.assertRound = async (...args) => {
      const mined = await assertRound(...args)
      chain.strikeDown()
      return mined
    }
    await startQueue().drained()
    expect(chain.sent).toEqual(['fund 1', 'assert 1', 'void 1'])
    expect(journal.record(1)?.state).toBe('void')
  })

  it('does not stake twice the bond on shares that were struck down before their receipt came', async () => {
    playedRound(1)
    const { assertRound } = chain
    chain.assertRound = async (...args) => {
      await assertRound(...args)
      chain.strikeDown()
      throw LOST
    }
    await startQueue().drained()
    expect(chain.sent).toEqual(['fund 1', 'assert 1', 'void 1'])
    expect(journal.record(1)?.state).toBe('void')
  })

  it('T52: sends again what vanished with its blocks, and nothing else twice', async () => {
    playedRound(1)
    playedRound(2)
    const { finalizeRound } = chain
    chain.finalizeRound = async () => {
      chain.finalizeRound = finalizeRound
      chain.goBack(2)
      throw LOST
    }
    await startQueue().drained()
    expect(chain.sent).toEqual(['fund 1', 'assert 1', ...ALL])
    expect(journal.tasks().every(({ done }) => done)).toBe(true)
    expect(events.map((event) => (event.type === 'chain-delayed' ? event.code : ''))).toContain(
      'CHAIN_WENT_BACK',
    )
  })

  it('T52: goes back to a round that had been paid', async () => {
    playedRound(1)
    playedRound(2)
    const { assertRound } = chain
    chain.assertRound = async (round, ...rest) => {
      if (round === 2) {
        chain.assertRound = assertRound
        // Its funding, and the payment of round 1.
        chain.goBack(2)
        throw LOST
      }
      return assertRound(round, ...rest)
    }
    await startQueue().drained()
    expect(chain.sent).toEqual([...ALL.slice(0, 4), 'finalize 1', ...ALL.slice(3)])
    expect(chain.settlements.map(({ round }) => round)).toEqual([1, 2])
  })

  it('T52: pays again what vanished while the round was trained, before it asserts the round', async () => {
    playedRound(1)
    const { fundRound } = chain
    chain.fundRound = async (...args) => {
      const mined = await fundRound(...args)
      if (chain.sent.length === 1) chain.goBack(1)
      return mined
    }
    await startQueue().drained()
    expect(chain.sent).toEqual(['fund 1', ...ALL.slice(0, 3)])
  })

  it('T52: goes on, unpaid, when a pot vanished and the assertion after it did not', async () => {
    playedRound(1)
    const { fundRound, assertRound } = chain
    chain.fundRound = async (...args) => {
      await fundRound(...args)
      chain.goBack(1)
      // Another transaction took the payment's place, so what came after it is still there.
      const [{ work } = {}] = journal.tasks().filter((task) => task.work.step === 'assert')
      if (work?.step !== 'assert') throw new Error('no assertion')
      await assertRound(1, work)
      throw LOST
    }
    await startQueue().drained()
    expect(chain.sent).toEqual(ALL.slice(0, 3))
    expect(journal.tasks(1).map(({ done, hash }) => done && hash !== undefined)).toEqual([
      false,
      false,
      true,
    ])
  })

  it('T51: a node that is behind for a while makes nobody pay twice', async () => {
    playedRound(1)
    const { readScenario, findFunding } = chain
    let stale = 3
    chain.readScenario = async () => {
      const state = await readScenario()
      return state.phase === 'asserted' && stale-- > 0 ? { ...state, phase: 'open' } : state
    }
    chain.findFunding = async (round) => (stale > 0 ? undefined : findFunding(round))
    await startQueue().drained()
    expect(chain.sent).toEqual(ALL.slice(0, 3))
  })

  it('ends when another aggregator asserted the round with another outcome', async () => {
    playedRound(1)
    const evidenceDigest = `0x${'cd'.repeat(32)}` as const
    await chain.assertRound(1, { shares: [1e9], evidenceDigest, modelDigest: DIGEST })
    const failures: unknown[] = []
    startQueue(failures)
    await vi.waitFor(() => expect(failures).toMatchObject([{ code: 'OTHER_ASSERTION' }]))
    expect(chain.sent).toEqual(['assert 1'])
  })

  it('tells a failure that is no answer of the chain', async () => {
    playedRound(1)
    const bug = new TypeError('a bug')
    chain.readScenario = async () => {
      throw bug
    }
    const failures: unknown[] = []
    startQueue(failures)
    await vi.waitFor(() => expect(failures).toEqual([bug]))
  })

  it('stops in the middle of a wait, and a new one goes on where it was', async () => {
    playedRound(1)
    chain.down = new ChainError('the node is away', { code: 'RPC_FAILED' })
    const first = startQueue()
    await vi.waitFor(() => expect(journal.nextTask()?.error).toBe('the node is away'))
    await first.stop()
    await first.stop()
    delete chain.down
    await startQueue().drained()
    expect(chain.sent).toEqual(ALL.slice(0, 3))
  })
})
