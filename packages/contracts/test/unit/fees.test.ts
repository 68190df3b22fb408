import { type Hex, keccak256, numberToHex, parseGwei, toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Anvil,
  type ChainAccount,
  type ChainReader,
  connectAccount,
  connectChain,
  deployLocalCurrency,
  mintLocalCurrency,
  setBalance,
  startAnvil,
} from '../../src/index.ts'
import { localRpc } from '../../src/local-rpc.ts'
import { createTurns } from '../../src/turns.ts'
import { createLocalWallet } from '../../src/wallets/local-wallet.ts'
import type { Replaced } from '../../src/wallets/replaced.ts'
import { startProxy, type Tamper } from '../support/rpc-proxy.ts'

const KEY = keccak256(toHex('fednode test account of fees'))
const GWEI = parseGwei('1')
/** What anvil asks as a tip. */
const TIP = GWEI
const REPLACE_AFTER_MS = 200
/** Long enough for three calls in between, on a machine that is busy. */
const REPLACE_LATER_MS = 1_000
const PATIENT = { timeout: 10_000 }

type Patience = { readonly maxFee: bigint; readonly replaceAfterMs?: number }

describe('fees (T54)', () => {
  let anvil: Anvil
  let reader: ChainReader
  const account = privateKeyToAccount(KEY)

  beforeEach(async () => {
    anvil = await startAnvil()
    reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    await setBalance(reader, { address: account.address, amount: 10n ** 21n })
  }, 30_000)
  afterEach(() => anvil?.stop())

  /** Mines one block of a certain base fee, and with it what waits and offers enough. */
  const mineAt = async (baseFee: bigint): Promise<void> => {
    await localRpc(reader, 'anvil_setNextBlockBaseFeePerGas', [numberToHex(baseFee)])
    await localRpc(reader, 'evm_mine', [])
  }
  const stopMining = () => localRpc(reader, 'evm_setAutomine', [false])
  const counts = async () => {
    const [mined, waiting] = await Promise.all(
      (['latest', 'pending'] as const).map((blockTag) =>
        reader.public.getTransactionCount({ address: account.address, blockTag }),
      ),
    )
    return { mined, waiting }
  }

  /** An account whose transactions are replaced soon. */
  const impatient = (
    via: ChainReader,
    { maxFee, replaceAfterMs = REPLACE_AFTER_MS }: Patience,
    onReplaced: (replaced: Replaced) => void,
  ): ChainAccount => {
    const { address } = account
    const options = { account, replaceAfterMs, onReplaced }
    const wallet = createLocalWallet({ ...via, address, maxFee }, options)
    return { ...via, address, wallet, inTurn: createTurns() }
  }

  it('T54: sends nothing while the chain asks for more than the bound, and sends when it is cheaper', async () => {
    const maxFee = 50n * GWEI
    const bounded = await connectAccount({ rpcUrl: anvil.rpcUrl, privateKey: KEY, maxFee })
    await mineAt(400n * GWEI)
    await expect(deployLocalCurrency(bounded)).rejects.toMatchObject({
      code: 'FEE_TOO_HIGH',
      message: expect.stringMatching(/asks 401 gwei per gas, above the bound of 50 gwei/),
      info: { fault: 'chain', hint: expect.stringContaining('--max-fee') },
    })
    expect(await counts()).toEqual({ mined: 0, waiting: 0 })
    await mineAt(40n * GWEI)
    const { hash } = await deployLocalCurrency(bounded)
    const sent = await reader.public.getTransaction({ hash })
    expect(sent.maxFeePerGas).toBe((40n * GWEI * 120n) / 100n + TIP)
  })

  it('T54: offers the whole bound and no more when the chain asks for nearly as much', async () => {
    const maxFee = 50n * GWEI
    const bounded = await connectAccount({ rpcUrl: anvil.rpcUrl, privateKey: KEY, maxFee })
    await mineAt(48n * GWEI)
    const { hash } = await deployLocalCurrency(bounded)
    const sent = await reader.public.getTransaction({ hash })
    expect(sent.maxFeePerGas).toBe(maxFee)
  })

  it('T54: bounds fees on other chains when nobody says how much, and not on the local one', async () => {
    const other = await startAnvil({ chainId: 8_453 })
    try {
      const there = await connectAccount({ rpcUrl: other.rpcUrl, privateKey: KEY })
      const request = there.public.request as (call: object) => Promise<unknown>
      for (const [method, params] of [
        ['anvil_setBalance', [account.address, numberToHex(10n ** 21n)]],
        ['anvil_setNextBlockBaseFeePerGas', [numberToHex(300n * GWEI)]],
        ['evm_mine', []],
      ]) {
        await request({ method, params })
      }
      await expect(deployLocalCurrency(there)).rejects.toMatchObject({ code: 'FEE_TOO_HIGH' })
    } finally {
      await other.stop()
    }
    await mineAt(300n * GWEI)
    const here = await connectAccount({ rpcUrl: anvil.rpcUrl, privateKey: KEY })
    expect(await deployLocalCurrency(here)).toHaveProperty('hash')
  })

  it('T54: replaces what is not mined, with both fees an eighth higher each time, at one nonce', async () => {
    const replaced: Replaced[] = []
    const told = Promise.withResolvers<void>()
    const stuck = impatient(reader, { maxFee: 200n * GWEI }, (one) => {
      replaced.push(one)
      if (replaced.length === 3) told.resolve()
    })
    const { address: currency } = await deployLocalCurrency(stuck)
    await stopMining()
    const minting = mintLocalCurrency(stuck, { currency, to: account.address, amount: 7n })
    await told.promise
    expect(await counts()).toEqual({ mined: 1, waiting: 2 })
    const [first] = replaced
    for (const [at, one] of replaced.entries()) {
      const before = replaced[at - 1]
      expect(one.nonce).toBe(1)
      if (before === undefined) continue
      expect(one.hash).toBe(before.by)
      expect(one.maxFeePerGas).toBe((before.maxFeePerGas * 1_125n) / 1_000n + 1n)
      expect(one.maxPriorityFeePerGas).toBe((before.maxPriorityFeePerGas * 1_125n) / 1_000n + 1n)
    }
    await localRpc(reader, 'evm_mine', [])
    const { hash } = await minting
    expect([first?.hash, ...replaced.map(({ by }) => by)]).toContain(hash)
    expect(await counts()).toEqual({ mined: 2, waiting: 2 })
  })

  /** Mints through a proxy while nothing is mined; `use` gets what the node saw. */
  const mintStuck = async (
    { tamper = (_, answer) => answer, ...patience }: Patience & { tamper?: Tamper },
    use: (seen: { sent(): Hex[]; quotes(): number }, replaced: Replaced[]) => Promise<void>,
  ) => {
    const { address } = account
    const deployer = await connectAccount({ rpcUrl: anvil.rpcUrl, privateKey: KEY })
    const { address: currency } = await deployLocalCurrency(deployer)
    await stopMining()
    await mineAt(3n * GWEI)
    const proxy = await startProxy(anvil.rpcUrl, tamper)
    try {
      const replaced: Replaced[] = []
      const there = await connectChain({ rpcUrl: proxy.rpcUrl })
      const stuck = impatient(there, patience, (one) => replaced.push(one))
      const minting = mintLocalCurrency(stuck, { currency, to: address, amount: 7n })
      const calls = (wanted: string) => proxy.seen.filter(({ method }) => method === wanted)
      const sent = () => calls('eth_sendRawTransaction').map(({ params: [raw] }) => raw as Hex)
      await use({ sent, quotes: () => calls('eth_maxPriorityFeePerGas').length }, replaced)
      const { hash } = await minting
      expect(await counts()).toEqual({ mined: 2, waiting: 2 })
      return { hash, sent: sent(), replaced }
    } finally {
      await proxy.stop()
    }
  }

  it('T54: takes the first hash when that one is mined after all', async () => {
    const { hash, sent } = await mintStuck(
      { maxFee: 200n * GWEI, replaceAfterMs: REPLACE_LATER_MS },
      async (seen, replaced) => {
        await expect.poll(() => replaced.length, PATIENT).toBeGreaterThanOrEqual(1)
        // Whoever makes the next block has heard of the first one only.
        await localRpc(reader, 'anvil_dropAllTransactions', [])
        const [first] = seen.sent()
        await localRpc(reader, 'eth_sendRawTransaction', [first])
        await localRpc(reader, 'evm_mine', [])
      },
    )
    expect(hash).toBe(keccak256(sent[0] ?? '0x'))
    expect(sent.length).toBeGreaterThanOrEqual(2)
  })

  it('T54: T53 looks for a replacement whose answer was lost', async () => {
    let sends = 0
    const tamper: Tamper = ({ method }, answer) =>
      method === 'eth_sendRawTransaction' && ++sends === 2 ? undefined : answer
    const { hash, replaced } = await mintStuck(
      { maxFee: 200n * GWEI, tamper },
      async (_, seenReplaced) => {
        await expect.poll(() => seenReplaced.length, PATIENT).toBeGreaterThanOrEqual(1)
        await localRpc(reader, 'evm_mine', [])
      },
    )
    expect(replaced.map(({ by }) => by)).toContain(hash)
  })

  it('T54: puts an empty transaction in the place of one that an earlier life sent too cheaply', async () => {
    const replaced: Replaced[] = []
    const maxFee = 200n * GWEI
    const stuck = impatient(reader, { maxFee }, (one) => replaced.push(one))
    const { address: currency } = await deployLocalCurrency(stuck)
    await stopMining()
    await mineAt(3n * GWEI)
    const offered = { maxFeePerGas: 5n * GWEI, maxPriorityFeePerGas: GWEI }
    const order = { to: account.address, data: '0x01', gas: 30_000n, nonce: 1, ...offered } as const
    const { chainId } = reader
    const cheap = await account.signTransaction({ ...order, chainId, type: 'eip1559' })
    await localRpc(reader, 'eth_sendRawTransaction', [cheap])
    const minting = mintLocalCurrency(stuck, { currency, to: account.address, amount: 7n })
    await expect.poll(() => replaced.some(({ hash }) => hash === undefined), PATIENT).toBe(true)
    await mineAt(3n * GWEI)
    await minting
    expect(await counts()).toEqual({ mined: 3, waiting: 3 })
    const first = replaced.find(({ hash }) => hash === undefined)
    const { status } = await reader.public.getTransactionReceipt({ hash: first?.by ?? '0x' })
    expect([first?.nonce, status]).toEqual([1, 'success'])
    expect(first?.maxFeePerGas).toBeLessThanOrEqual(maxFee)
  })

  it('T54: raises an empty transaction until the node takes it, and never above the bound', async () => {
    const stopped = await connectAccount({ rpcUrl: anvil.rpcUrl, privateKey: KEY })
    await stopMining()
    const offered = { maxFeePerGas: 6n * GWEI, maxPriorityFeePerGas: 2n * GWEI }
    const order = { to: account.address, data: '0x01', gas: 30_000n, nonce: 0, ...offered } as const
    const { chainId } = reader
    const waiting = await account.signTransaction({ ...order, chainId, type: 'eip1559' })
    await localRpc(reader, 'eth_sendRawTransaction', [waiting])
    const told: Replaced[] = []
    const bounded = (maxFee: bigint) => impatient(reader, { maxFee }, (one) => told.push(one))
    expect(await stopped.wallet.unblock?.()).toBeUndefined()
    expect(await bounded(6n * GWEI).wallet.unblock?.()).toBeUndefined()
    const by = await bounded(50n * GWEI).wallet.unblock?.()
    expect(told).toMatchObject([{ nonce: 0, by }])
    expect(told[0]?.maxPriorityFeePerGas).toBeGreaterThan(offered.maxPriorityFeePerGas)
    await localRpc(reader, 'evm_mine', [])
    expect(await counts()).toEqual({ mined: 1, waiting: 1 })
  })

  it('T54: never offers more than the bound for what is stuck, and waits for it', async () => {
    const maxFee = 5n * GWEI
    const { hash, sent, replaced } = await mintStuck({ maxFee }, async ({ quotes }) => {
      // 4.6 gwei from the start: an eighth more would be above the bound.
      await expect.poll(quotes, PATIENT).toBeGreaterThanOrEqual(2)
      await mineAt(100n * GWEI)
      const before = quotes()
      await expect.poll(quotes, PATIENT).toBeGreaterThanOrEqual(before + 2)
      expect(await counts()).toMatchObject({ mined: 1 })
      // Anvil does not take it up again by itself: it is handed over once more.
      const mined = async () => {
        await mineAt(3n * GWEI)
        return (await counts()).mined
      }
      await expect.poll(mined, PATIENT).toBe(2)
    })
    expect(replaced).toEqual([])
    expect(new Set(sent).size).toBe(1)
    expect(hash).toBe(keccak256(sent[0] ?? '0x'))
  })
})
