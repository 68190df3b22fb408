import { type Address, erc20Abi, type Hex, keccak256, toHex, zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  advanceTime,
  assertRound,
  type ChainAccount,
  ChainError,
  checkScenario,
  claim,
  closeRegistration,
  connectChain,
  createScenario,
  deployLocalCurrency,
  exitProportional,
  finalizeRound,
  fundRound,
  joinProportional,
  mintLocalCurrency,
  ONE_TOKEN,
  openMarket,
  quoteExactIn,
  readAllowed,
  readBlockTime,
  readManifestBytes,
  readPool,
  readScenario,
  register,
  setAllowed,
  setBalance,
  setEndpoint,
  startAnvil,
  swapExactIn,
  swapExactOut,
  transferToken,
  voidRound,
} from '../../src/index.ts'
import { act } from '../../src/send.ts'
import { accountOf } from '../support/accounts.ts'
import {
  createWorld,
  MANIFEST,
  mint,
  newScenario,
  paramsOf,
  registerAs,
  type World,
} from '../support/federation.ts'
import { lookAlike } from '../support/look-alike.ts'
import { yesMan } from '../support/yes-man.ts'

const WORD = `0x${'cc'.repeat(32)}` as const
const ROUND = { evidenceRoot: WORD, modelDigest: WORD }

let anvil: Anvil
let world: World
/** Closed registration, market open, two clients. */
let running: { scenario: Address; pool: Address; tokens: readonly Address[] }
/** Nobody registered, registration by permission. */
let waiting: { scenario: Address; pool: Address }
let stranger: ChainAccount

beforeAll(async () => {
  anvil = await startAnvil()
  world = await createWorld(await connectChain({ rpcUrl: anvil.rpcUrl }))
  stranger = await accountOf(world.reader, 'stranger')
  waiting = await newScenario(world, { openRegistration: false, maxClients: 2 })
  const { scenario, pool } = await newScenario(world, { challengeWindow: 3_600 })
  const first = await registerAs(world, { scenario, name: 'alpha' })
  const second = await registerAs(world, { scenario, name: 'beta' })
  running = { scenario, pool, tokens: [first.token, second.token] }
  await closeRegistration(world.federator, { scenario })
  await openMarket(world.federator, { scenario })
}, 60_000)

afterAll(() => anvil?.stop())

async function refusalOf(attempt: Promise<unknown>): Promise<ChainError> {
  const error = await attempt.then(
    () => expect.unreachable('it is allowed'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ChainError)
  return error as ChainError
}

const nonceOf = ({ address }: ChainAccount): Promise<number> =>
  world.reader.public.getTransactionCount({ address })

const soon = async (): Promise<bigint> => (await readBlockTime(world.reader)) + 600n

describe('an action that the contracts refuse', () => {
  it.each<[string, string, () => Promise<unknown>]>([
    ['NOT_FEDERATOR', 'refused', () => setEndpoint(stranger, { ...waiting, endpoint: 'x' })],
    [
      'NOT_FEDERATOR',
      'refused',
      () => setAllowed(stranger, { ...waiting, accounts: [stranger.address], allowed: true }),
    ],
    [
      'ENDPOINT_TOO_LONG',
      'usage',
      () => setEndpoint(world.federator, { ...waiting, endpoint: 'x'.repeat(1_025) }),
    ],
    ['NOT_ALLOWED', 'refused', () => registerAs(world, { ...waiting, name: 'gamma' })],
    ['NOT_ALLOWED', 'refused', () => registerAs(world, { ...running, name: 'gamma' })],
    ['TOO_FEW_CLIENTS', 'chain', () => closeRegistration(world.federator, waiting)],
    ['REGISTRATION_RUNNING', 'refused', () => closeRegistration(stranger, waiting)],
    ['WRONG_PHASE', 'chain', () => openMarket(world.federator, waiting)],
    ['MARKET_OPEN', 'chain', () => openMarket(world.federator, running)],
    [
      'MARKET_NOT_OPEN',
      'chain',
      async () =>
        quoteExactIn(world.reader, {
          pool: waiting.pool,
          tokenIn: world.currency,
          tokenOut: stranger.address,
          amountIn: ONE_TOKEN,
        }),
    ],
    [
      'AMOUNT_ZERO',
      'usage',
      () => fundRound(world.federator, { ...running, round: 1, amount: 0n }),
    ],
    [
      'WRONG_ROUND',
      'chain',
      () => fundRound(world.federator, { ...running, round: 9, amount: 1n }),
    ],
    [
      'WRONG_ROUND',
      'chain',
      () => assertRound(world.federator, { ...running, ...ROUND, round: 2, shares: [1, 2] }),
    ],
    [
      'NOT_FEDERATOR',
      'refused',
      () => assertRound(stranger, { ...running, ...ROUND, round: 1, shares: [1, 2] }),
    ],
    ['ROUND_NOT_TIMED_OUT', 'chain', () => voidRound(stranger, { ...running, round: 1 })],
    ['UNKNOWN_CLIENT', 'usage', () => claim(stranger, { ...running, indexes: [7] })],
    [
      'NOT_OWNER',
      'refused',
      () =>
        mintLocalCurrency(stranger, { currency: world.currency, to: stranger.address, amount: 1n }),
    ],
    [
      'MANIFEST_SIZE',
      'usage',
      async () =>
        createScenario(stranger, {
          orchestrator: world.orchestrator,
          params: await paramsOf(world),
          manifest: new Uint8Array(),
          endpoint: '',
        }),
    ],
  ])('fails with %s (%s)', async (code, fault, attempt) => {
    const error = await refusalOf(attempt())
    expect([error.code, error.info.fault]).toEqual([code, fault])
    expect(error.message).not.toContain('\n')
  })

  it('names the parameter that is out of range', async () => {
    const error = await refusalOf(newScenario(world, { swapFee: 0n }))
    expect(error.code).toBe('INVALID_PARAM')
    expect(error.message).toContain('swapFee')
  })

  it('names values and dates in plain words', async () => {
    const error = await refusalOf(closeRegistration(stranger, waiting))
    expect(error.message).toMatch(/until \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/)
    const few = await refusalOf(closeRegistration(world.federator, waiting))
    expect(few.message).toContain('0 of at least 2')
  })

  it('is refused by simulation, before gas is spent', async () => {
    const before = await nonceOf(stranger)
    await refusalOf(setEndpoint(stranger, { ...running, endpoint: '' }))
    expect(await nonceOf(stranger)).toBe(before)
  })

  it('lets an allowed account register once, with a name and a key of its own', async () => {
    const { scenario } = waiting
    const people = await Promise.all(
      ['one', 'two', 'three'].map((who) => accountOf(world.reader, who)),
    )
    const accounts = people.map(({ address }) => address)
    await setAllowed(world.federator, { scenario, accounts, allowed: true })
    expect(await readAllowed(world.reader, { scenario, account: accounts[0] ?? zeroAddress })).toBe(
      true,
    )
    expect(await readAllowed(world.reader, { scenario, account: stranger.address })).toBe(false)
    const [one, two, three] = people
    if (!(one && two && three)) return expect.unreachable()
    const peerKey = keccak256(toHex('peer of one'))
    const binding = new Uint8Array(64)
    const client = { scenario, name: 'one', peerKey, binding }
    await register(one, client)
    const codes = []
    for (const [account, changes] of [
      [one, { name: 'one-again', peerKey: WORD }],
      [two, { peerKey: WORD }],
      [two, { name: 'two' }],
      [two, { name: 'Two', peerKey: WORD }],
      [two, { name: 'two', peerKey: WORD, binding: new Uint8Array(63) }],
      [two, { name: 'two', peerKey: `0x${'00'.repeat(32)}` as Hex }],
    ] as const) {
      codes.push((await refusalOf(register(account, { ...client, ...changes }))).code)
    }
    expect(codes).toEqual([
      'ALREADY_REGISTERED',
      'NAME_TAKEN',
      'PEER_KEY_TAKEN',
      'NAME_INVALID',
      'BINDING_LENGTH',
      'PEER_KEY_INVALID',
    ])
    await register(two, { scenario, name: 'two', peerKey: WORD, binding })
    const full = await refusalOf(
      register(three, { scenario, name: 'three', peerKey: keccak256('0x03'), binding }),
    )
    expect(full.code).toBe('REGISTRATION_FULL')
  })

  it('waits for the challenge window and takes only the anchored shares', async () => {
    const { scenario } = running
    const shares = [3, 1]
    const { finalizableAt } = await assertRound(world.federator, {
      scenario,
      ...ROUND,
      round: 1,
      shares,
    })
    const round = { scenario, round: 1 }
    const early = await refusalOf(finalizeRound(stranger, { ...round, shares }))
    expect(early.code).toBe('CHALLENGE_WINDOW_RUNNING')
    await advanceTime(world.reader, finalizableAt)
    const other = await refusalOf(finalizeRound(stranger, { ...round, shares: [1, 3] }))
    expect(other.code).toBe('SHARES_MISMATCH')
    const long = await refusalOf(finalizeRound(stranger, { ...round, shares: [3, 1, 0] }))
    expect(long.code).toBe('SHARES_LENGTH')
    expect((await finalizeRound(stranger, { ...round, shares })).voided).toBe(false)
  })

  it('claims nothing in the name of the pool', async () => {
    const { scenario, pool } = running
    expect(await claim(stranger, { scenario, holder: stranger.address })).toBeNull()
    await fundRound(world.federator, { scenario, round: 2, amount: ONE_TOKEN })
    const shares = [1, 1]
    const at = await assertRound(world.federator, { scenario, ...ROUND, round: 2, shares })
    await advanceTime(world.reader, at.finalizableAt)
    await finalizeRound(stranger, { scenario, round: 2, shares })
    await advanceTime(world.reader, (await soon()) + 600n)
    const error = await refusalOf(claim(stranger, { scenario, holder: pool, indexes: [0] }))
    expect(error.code).toBe('POOL_NOT_CLAIMABLE')
  })

  it('voids a round whose shares are all zero', async () => {
    const { scenario } = running
    const shares = [0, 0]
    const at = await assertRound(world.federator, { scenario, ...ROUND, round: 3, shares })
    await advanceTime(world.reader, at.finalizableAt)
    const done = await finalizeRound(stranger, { scenario, round: 3, shares })
    expect(done.voided).toBe(true)
  })
})

describe('a trade that is refused', () => {
  const sale = async () => ({
    pool: running.pool,
    tokenIn: world.currency,
    tokenOut: running.tokens[0] ?? zeroAddress,
    deadline: await soon(),
  })
  const allowanceOf = (token: Address): Promise<bigint> =>
    world.reader.public.readContract({
      address: token,
      abi: erc20Abi,
      functionName: 'allowance',
      args: [world.federator.address, running.pool],
    })

  it.each<[string, (trade: Awaited<ReturnType<typeof sale>>) => Promise<unknown>]>([
    [
      'OUT_BELOW_MIN',
      (trade) =>
        swapExactIn(world.federator, { ...trade, amountIn: ONE_TOKEN, minOut: 10n ** 30n }),
    ],
    [
      'IN_ABOVE_MAX',
      (trade) =>
        swapExactOut(world.federator, {
          ...trade,
          amountOut: 1_000n * ONE_TOKEN,
          maxIn: ONE_TOKEN,
        }),
    ],
    [
      'DEADLINE_PASSED',
      (trade) =>
        swapExactIn(world.federator, { ...trade, amountIn: ONE_TOKEN, minOut: 0n, deadline: 1n }),
    ],
    [
      'AMOUNT_ABOVE_LIMIT',
      (trade) =>
        swapExactIn(world.federator, { ...trade, amountIn: 2_000n * ONE_TOKEN, minOut: 0n }),
    ],
    [
      'AMOUNT_TOO_SMALL',
      (trade) => swapExactIn(world.federator, { ...trade, amountIn: 10n, minOut: 0n }),
    ],
    [
      'UNKNOWN_TOKEN',
      (trade) =>
        swapExactIn(world.federator, {
          ...trade,
          tokenOut: stranger.address,
          amountIn: ONE_TOKEN,
          minOut: 0n,
        }),
    ],
    [
      'SAME_TOKEN',
      (trade) =>
        swapExactIn(world.federator, {
          ...trade,
          tokenOut: world.currency,
          amountIn: ONE_TOKEN,
          minOut: 0n,
        }),
    ],
    [
      'INVALID_RECIPIENT',
      (trade) =>
        swapExactIn(world.federator, {
          ...trade,
          to: running.pool,
          amountIn: ONE_TOKEN,
          minOut: 0n,
        }),
    ],
  ])('T56 fails with %s and leaves no allowance', async (code, attempt) => {
    const error = await refusalOf(attempt(await sale()))
    expect(error.code).toBe(code)
    expect(await allowanceOf(world.currency)).toBe(0n)
  })

  it('T57 fails when the price has moved by more than the trader accepts', async () => {
    const trade = await sale()
    const { amountOut } = await quoteExactIn(world.reader, { ...trade, amountIn: ONE_TOKEN })
    // Somebody else buys first.
    await mint(world, stranger.address)
    await swapExactIn(stranger, { ...trade, amountIn: 500n * ONE_TOKEN, minOut: 0n })
    const minOut = (amountOut * 99n) / 100n
    const error = await refusalOf(
      swapExactIn(world.federator, { ...trade, amountIn: ONE_TOKEN, minOut }),
    )
    expect(error.code).toBe('OUT_BELOW_MIN')
    expect(error.info.hint).toContain('new quote')
  })

  it('says what one owns before anything is sent', async () => {
    const poor = await accountOf(world.reader, 'poor')
    await mintLocalCurrency(world.federator, {
      currency: world.currency,
      to: poor.address,
      amount: ONE_TOKEN / 2n,
    })
    const error = await refusalOf(
      swapExactIn(poor, { ...(await sale()), amountIn: ONE_TOKEN, minOut: 0n }),
    )
    expect(error.info).toMatchObject({ code: 'INSUFFICIENT_BALANCE', fault: 'usage' })
    expect(error.message).toContain('owns 0.5 of token')
    const transfer = await refusalOf(
      transferToken(poor, { token: world.currency, to: stranger.address, amount: ONE_TOKEN }),
    )
    expect(transfer.code).toBe('INSUFFICIENT_BALANCE')
    expect(await nonceOf(poor)).toBe(0)
  })

  it('T56 joins with too little and keeps no allowance of any token', async () => {
    const { pool } = running
    const { tokens, lpSupply } = await readPool(world.reader, { pool })
    // The federator owns a twentieth of every client's supply.
    const maxIn = tokens.map(({ balance }) => balance / 1_000n)
    const error = await refusalOf(
      joinProportional(world.federator, {
        pool,
        lpOut: lpSupply / 500n,
        maxIn,
        deadline: await soon(),
      }),
    )
    expect(error.code).toBe('IN_ABOVE_MAX')
    for (const { token } of tokens) expect(await allowanceOf(token)).toBe(0n)
    const short = await refusalOf(
      exitProportional(world.federator, { pool, lpIn: 1n, minOut: [], deadline: await soon() }),
    )
    expect(short.code).toBe('LENGTH_MISMATCH')
  })

  it('cannot be paid for by an account without gas money', async () => {
    const broke = await accountOf(world.reader, 'broke')
    await setBalance(world.reader, { address: broke.address, amount: 0n })
    const error = await refusalOf(deployLocalCurrency(broke))
    expect(error.code).toBe('NO_GAS_MONEY')
  })
})

describe('T55 an address that is not the Scenario that is meant', () => {
  const deploy = async (data: Hex): Promise<Address> => {
    const { at } = await act(stranger, async (send) => {
      const receipt = await send({ data })
      return { receipt, result: { at: receipt.contractAddress ?? zeroAddress } }
    })
    return at
  }
  const readers = [
    ['readScenario', readScenario],
    ['readManifestBytes', readManifestBytes],
    ['checkScenario', checkScenario],
  ] as const

  it.each(readers)('%s finds no contract at the address of a person', async (_, read) => {
    const attempt = read(world.reader, { scenario: stranger.address })
    await expect(attempt).rejects.toMatchObject({ info: { code: 'NO_CONTRACT', fault: 'chain' } })
    await expect(attempt).rejects.toThrow(stranger.address)
  })

  it.each(readers)('%s finds another contract', async (_, read) => {
    for (const scenario of [world.currency, running.pool, world.orchestrator]) {
      const attempt = read(world.reader, { scenario })
      await expect(attempt).rejects.toMatchObject({
        info: { code: 'NOT_A_SCENARIO', fault: 'chain' },
      })
    }
  })

  it.each(readers)('%s unmasks a look-alike that names the true Orchestrator', async (_, read) => {
    const scenario = await deploy(lookAlike('orchestrator()', world.orchestrator))
    const attempt = read(world.reader, { scenario })
    await expect(attempt).rejects.toMatchObject({ info: { code: 'NOT_A_SCENARIO' } })
  })

  it.each(readers)('%s unmasks one with an Orchestrator of its own', async (_, read) => {
    // True, and as the fourth word of implementations() the version.
    const orchestrator = await deploy(yesMan(['0x01', '0x00', '0x00', '0x02']))
    const scenario = await deploy(lookAlike('orchestrator()', orchestrator))
    const attempt = read(world.reader, { scenario, orchestrator: world.orchestrator })
    await expect(attempt).rejects.toMatchObject({ info: { code: 'WRONG_ORCHESTRATOR' } })
    // The trick itself works: only knowing whom to believe tells them apart.
    expect(await checkScenario(world.reader, { scenario })).toBe(
      await checkScenario(world.reader, { scenario, orchestrator }),
    )
  })

  it('takes the one that is meant', async () => {
    const { scenario } = running
    const { orchestrator } = world
    expect(await readManifestBytes(world.reader, { scenario, orchestrator })).toEqual(MANIFEST)
  })

  it('has no silent fallback when the node stops answering', async () => {
    const gone = await startAnvil()
    const reader = await connectChain({ rpcUrl: gone.rpcUrl })
    await gone.stop()
    const error = await refusalOf(readScenario(reader, { scenario: running.scenario }))
    expect(error.code).toBe('RPC_FAILED')
  })
})

describe('T53 sends of one account', () => {
  it('keep their order and nonces when they are asked for at once', async () => {
    const before = await nonceOf(world.federator)
    const amounts = [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n]
    const to = keccak256('0xabcd').slice(0, 42) as Address
    const mined = await Promise.all(
      amounts.map((amount) =>
        transferToken(world.federator, { token: world.currency, to, amount }),
      ),
    )
    const blocks = mined.map(({ blockNumber }) => blockNumber)
    expect(blocks).toEqual([...blocks].sort((a, b) => Number(a - b)))
    expect(new Set(mined.map(({ hash }) => hash)).size).toBe(amounts.length)
    expect(await nonceOf(world.federator)).toBe(before + amounts.length)
  })

  it('survive another process with the same key', async () => {
    const twin = await accountOf(world.reader, 'federator')
    const to = keccak256('0xef').slice(0, 42) as Address
    const sends = [world.federator, twin].flatMap((account) =>
      [1n, 2n, 3n].map((amount) => transferToken(account, { token: world.currency, to, amount })),
    )
    await Promise.all(sends)
    const balance = await world.reader.public.readContract({
      address: world.currency,
      abi: erc20Abi,
      functionName: 'balanceOf',
      args: [to],
    })
    expect(balance).toBe(12n)
  })
})
