import { UserError } from '@fednode/protocol'
import {
  type Address,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  numberToHex,
  toFunctionSelector,
} from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  advanceTime,
  type ChainAccount,
  closeRegistration,
  connectChain,
  dryRun,
  fundRound,
  ONE_TOKEN,
  openMarket,
  parseAmount,
  pause,
  readBlockTime,
  readScenario,
  setEndpoint,
  startAnvil,
  swapExactIn,
  transferToken,
} from '../../src/index.ts'
import { accountOf } from '../support/accounts.ts'
import { createWorld, mint, newScenario, registerAs, type World } from '../support/federation.ts'
import { startProxy } from '../support/rpc-proxy.ts'

const NOWHERE: Address = '0x00000000000000000000000000000000000000aa'
const VERSION_WORD = 3

describe('bad input is answered with a sentence that says what to do:', () => {
  let anvil: Anvil
  let world: World
  let scenario: Address
  let pool: Address
  let token: Address
  let client: ChainAccount
  let trader: ChainAccount

  beforeAll(async () => {
    anvil = await startAnvil()
    world = await createWorld(await connectChain({ rpcUrl: anvil.rpcUrl }))
    trader = await accountOf(world.reader, 'trader')
    await mint(world, trader.address)
    ;({ scenario, pool } = await newScenario(world, { guardian: trader.address }))
    ;({ account: client, token } = await registerAs(world, { scenario, name: 'alpha' }))
    await registerAs(world, { scenario, name: 'beta' })
    await closeRegistration(world.federator, { scenario })
    await openMarket(world.federator, { scenario })
  }, 60_000)

  afterAll(() => anvil?.stop())

  const refusalOf = async (attempt: () => unknown): Promise<UserError> => {
    const error = await (async () => attempt())().then(
      () => expect.unreachable('it is taken'),
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(UserError)
    return error as UserError
  }
  const trade = async (changes: object = {}) => ({
    ...{ pool, tokenIn: world.currency, tokenOut: token, amountIn: ONE_TOKEN, minOut: 0n },
    deadline: (await readBlockTime(world.reader)) + 600n,
    ...changes,
  })
  const buy = async (changes: object = {}) => swapExactIn(trader, await trade(changes))
  const nonceOf = ({ address }: ChainAccount) =>
    world.reader.public.getTransactionCount({ address })

  it.each<[string, string, RegExp, RegExp, () => unknown]>([
    [
      'wrong chain',
      'WRONG_CHAIN',
      /serves chain 31337, but chain 1 is meant/,
      /node of chain 1/,
      () => connectChain({ rpcUrl: anvil.rpcUrl, chainId: 1 }),
    ],
    [
      'wrong address',
      'NO_CONTRACT',
      /no contract at 0x0{38}aa on chain 31337/,
      /Check the address and the chain/,
      () => setEndpoint(trader, { scenario: NOWHERE, endpoint: '' }),
    ],
    [
      'wrong pool',
      'NO_CONTRACT',
      /no contract at/,
      /Check the address/,
      () => buy({ pool: NOWHERE }),
    ],
    [
      'wrong token',
      'NO_CONTRACT',
      /no contract at/,
      /Check the address/,
      () => trader.wallet.transact({ to: NOWHERE, data: '0x095ea7b3' }),
    ],
    [
      'insufficient balance',
      'INSUFFICIENT_BALANCE',
      /owns 100000 of token \S+, not 100001$/,
      /market portfolio/,
      () => buy({ amountIn: 100_001n * ONE_TOKEN }),
    ],
    [
      'not your token',
      'INSUFFICIENT_BALANCE',
      /owns 0 of token/,
      /market portfolio/,
      () => transferToken(trader, { token, to: client.address, amount: 1n }),
    ],
    [
      'insufficient allowance',
      'INSUFFICIENT_ALLOWANCE',
      /has not approved/,
      /approve/,
      () => trader.wallet.transact({ to: token, data: transferFrom(client.address) }),
    ],
    [
      'expired deadline',
      'DEADLINE_PASSED',
      /not mined by its deadline, 1970-01-01T00:00:01Z/,
      /new quote/,
      () => buy({ deadline: 1n }),
    ],
    [
      'slippage',
      'OUT_BELOW_MIN',
      /less than the 1000000 that you accept/,
      /new quote/,
      () => buy({ minOut: 10n ** 24n }),
    ],
    [
      'wei for tokens',
      'BAD_AMOUNT',
      /"1500000000000000000" is more tokens than any federation has/,
      /whole tokens, not wei\. Did you mean 1\.5\?/,
      () => parseAmount('1500000000000000000'),
    ],
    [
      'too many decimals',
      'BAD_AMOUNT',
      /has 19 decimals; a token has 18/,
      /Write whole tokens/,
      () => parseAmount('0.0000000000000000001'),
    ],
  ])('%s', async (_, code, says, hint, attempt) => {
    const error = await refusalOf(attempt)
    expect(error.code).toBe(code)
    expect(error.message).toMatch(says)
    expect(error.info.hint).toMatch(hint)
  })

  const transferFrom = (from: Address): Hex =>
    encodeFunctionData({
      abi: erc20Abi,
      functionName: 'transferFrom',
      args: [from, trader.address, 1n],
    })

  it('a wrong address costs nothing, and is found in a dry run', async () => {
    const before = await nonceOf(trader)
    const nobody = { scenario: NOWHERE, endpoint: '' }
    expect((await refusalOf(() => setEndpoint(trader, nobody))).code).toBe('NO_CONTRACT')
    expect(await nonceOf(trader)).toBe(before)
    const args = await trade({ pool: NOWHERE })
    const dry = await refusalOf(() => dryRun(trader, (as) => swapExactIn(as, args)))
    expect(dry.code).toBe('NO_CONTRACT')
    // Where no contract is, nothing stays approved either.
    expect((await refusalOf(() => buy({ pool: NOWHERE }))).code).toBe('NO_CONTRACT')
    const allowance = { address: world.currency, abi: erc20Abi, functionName: 'allowance' } as const
    const between = [trader.address, NOWHERE] as const
    expect(await world.reader.public.readContract({ ...allowance, args: between })).toBe(0n)
  })

  it('contracts of another version', async () => {
    const implementations = toFunctionSelector('implementations()')
    const proxy = await startProxy(anvil.rpcUrl, ({ params }, answer) => {
      const [call] = params as readonly { data?: string }[]
      if (call?.data !== implementations) return answer
      const words: string[] = String(answer.result).slice(2).match(/.{64}/g) ?? []
      const other = words.with(VERSION_WORD, numberToHex(77, { size: 32 }).slice(2))
      return { ...answer, result: `0x${other.join('')}` }
    })
    try {
      const reader = await connectChain({ rpcUrl: proxy.rpcUrl })
      const error = await refusalOf(() => readScenario(reader, { scenario }))
      expect(error.code).toBe('WRONG_VERSION')
      expect(error.message).toContain('are of version 77')
      expect(error.info.hint).toContain('Use the fednode')
    } finally {
      await proxy.stop()
    }
  })

  it('closed', async () => {
    const few = await newScenario(world)
    const { params } = await readScenario(world.reader, { scenario: few.scenario })
    await advanceTime(world.reader, params.registrationDeadline + 1n)
    await closeRegistration(trader, few)
    const late = { scenario: few.scenario, round: 1, amount: 1n }
    const error = await refusalOf(() => fundRound(trader, late))
    expect(error.code).toBe('WRONG_PHASE')
    expect(error.message).toContain('the federation is closed')
  })

  it('paused', async () => {
    await pause(trader, { scenario })
    const error = await refusalOf(() => buy())
    expect(error.code).toBe('PAUSED')
    expect(error.message).toMatch(/until \d{4}-\d\d-\d\dT/)
    expect(error.info.hint).toContain('wait')
  })
})
