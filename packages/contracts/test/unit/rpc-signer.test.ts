import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  type ChainAccount,
  connectChain,
  connectRpcSigner,
  dryRun,
  mintLocalCurrency,
  startAnvil,
} from '../../src/index.ts'
import { createWorld, type World } from '../support/federation.ts'
import { startProxy, type Tamper } from '../support/rpc-proxy.ts'

// Anvil holds the keys of its development accounts, so it is a signer, too.
const HELD: Address = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
const STRANGER: Address = '0x00000000000000000000000000000000000000aa'
const TYPED = {
  domain: { name: 'test', version: '1' },
  types: { Word: [{ name: 'text', type: 'string' }] },
  primaryType: 'Word',
  message: { text: 'yes' },
} as const

describe('connectRpcSigner', () => {
  let anvil: Anvil
  let other: Anvil
  let world: World

  beforeAll(async () => {
    ;[anvil, other] = await Promise.all([startAnvil(), startAnvil({ chainId: 8_453 })])
    world = await createWorld(await connectChain({ rpcUrl: anvil.rpcUrl }))
  }, 60_000)
  afterAll(() => Promise.all([anvil?.stop(), other?.stop()]))

  const connect = (changes: object = {}): Promise<ChainAccount> =>
    connectRpcSigner({ rpcUrl: anvil.rpcUrl, signerUrl: anvil.rpcUrl, address: HELD, ...changes })

  const sendsOf = (account: ChainAccount): Promise<number> =>
    account.public.getTransactionCount({ address: HELD })

  /** Runs a job with a signer that answers one method otherwise. */
  const tampered = async (tamper: Tamper, job: (account: ChainAccount) => Promise<unknown>) => {
    const proxy = await startProxy(anvil.rpcUrl, tamper)
    try {
      const account = await connect({ signerUrl: `${proxy.rpcUrl}/key/secret` })
      return await job(account).then(
        () => expect.unreachable('it works'),
        (error: unknown) => error as Error,
      )
    } finally {
      await proxy.stop()
    }
  }

  const only = (method: string, change: (answer: Record<string, unknown>) => unknown): Tamper => {
    return (call, answer) =>
      call.method === method ? (change(answer) as ReturnType<Tamper>) : answer
  }

  // A call that only its owner may make, so that a wrong sender cannot pass.
  const mint = (account: ChainAccount) =>
    mintLocalCurrency(account, { currency: world.currency, to: HELD, amount: 1n })
  const approve = (account: ChainAccount) =>
    account.wallet.transact({ to: world.currency, data: APPROVE })
  const APPROVE = `0x095ea7b3${'00'.repeat(12)}${'aa'.repeat(20)}${'00'.repeat(32)}` as const

  it('sends through the signer, one after the other', async () => {
    const account = await connect()
    const before = await sendsOf(account)
    const receipts = []
    for (let i = 0; i < 3; i += 1) receipts.push(await approve(account))
    expect(receipts.every(({ from }) => from === HELD.toLowerCase())).toBe(true)
    expect(await sendsOf(account)).toBe(before + 3)
  })

  it('simulates first, with the sentence of a custom error, and sends nothing', async () => {
    const account = await connect()
    const before = await sendsOf(account)
    await expect(mint(account)).rejects.toMatchObject({ code: 'NOT_OWNER' })
    expect(await sendsOf(account)).toBe(before)
  })

  it('runs dry without asking the signer', async () => {
    const proxy = await startProxy(anvil.rpcUrl, (_, answer) => answer)
    const account = await connect({ signerUrl: proxy.rpcUrl })
    const { transactions } = await dryRun(account, (dry) =>
      dry.wallet.transact({ to: world.currency, data: APPROVE }),
    )
    expect(transactions).toHaveLength(1)
    expect(proxy.seen.map(({ method }) => method).sort()).toEqual(['eth_accounts', 'eth_chainId'])
    await proxy.stop()
  })

  it('signs typed data, and believes only a signature of its own account', async () => {
    const account = await connect()
    expect(await account.wallet.signTypedData(TYPED)).toMatch(/^0x[0-9a-f]{130}$/)
    const other = await account.wallet.signTypedData({ ...TYPED, message: { text: 'no' } })
    for (const result of [other, '0x12', 7, null]) {
      const lie = only('eth_signTypedData_v4', (answer) => ({ ...answer, result }))
      const error = await tampered(lie, (liar) => liar.wallet.signTypedData(TYPED))
      expect(error).toMatchObject({ code: 'SIGNER_FAULTY' })
    }
  })

  it('refuses a signer of another chain, one that does not hold the account, and one that is not there', async () => {
    await expect(connect({ signerUrl: other.rpcUrl })).rejects.toMatchObject({
      info: { code: 'WRONG_CHAIN', fault: 'chain' },
    })
    await expect(connect({ address: STRANGER })).rejects.toMatchObject({
      info: {
        code: 'SIGNER_ACCOUNT',
        fault: 'usage',
        hint: expect.stringContaining(HELD.toLowerCase()),
      },
    })
    await expect(connect({ signerUrl: 'http://127.0.0.1:1/key/secret' })).rejects.toMatchObject({
      info: { code: 'SIGNER_UNREACHABLE', fault: 'chain' },
      message: expect.not.stringContaining('secret'),
    })
  })

  it.each(['file:///etc/passwd', 'ws://127.0.0.1', 'javascript:1'])(
    'T29 refuses the signer address %s before it is opened',
    async (signerUrl) => {
      await expect(connect({ signerUrl })).rejects.toMatchObject({
        info: { code: 'BAD_RPC_URL', fault: 'usage' },
      })
    },
  )

  it('T59 refuses a development account on any chain but 31337, whoever holds its key', async () => {
    const there = { rpcUrl: other.rpcUrl, signerUrl: other.rpcUrl }
    await expect(connect(there)).rejects.toMatchObject({ info: { code: 'DEV_KEY' } })
  })

  it('T41 says that the signer refuses, in its words and without its address', async () => {
    const refuse = only('eth_sendTransaction', ({ id }) => ({
      jsonrpc: '2.0',
      id,
      error: { code: 4001, message: 'User denied\u001b[2J' },
    }))
    const error = await tampered(refuse, approve)
    expect(error).toMatchObject({ info: { code: 'SIGNER_REFUSED', fault: 'refused' } })
    expect(error.message).toContain('User denied')
    expect(error.message).not.toContain('secret')
    expect(error.message).not.toContain('\u001b')
  })

  it('never sends twice when the answer of the signer is lost', async () => {
    const account = await connect()
    const before = await sendsOf(account)
    const lose = only('eth_sendTransaction', () => undefined)
    const error = await tampered(lose, approve)
    expect(error).toMatchObject({ code: 'SIGNER_SILENT' })
    expect(error.message).toContain(`number ${before}`)
    expect(error.message).not.toContain('secret')
    expect(await sendsOf(account)).toBe(before + 1)
  })

  it('believes no hash of another transaction', async () => {
    const account = await connect()
    const { hash } = await mintLocalCurrency(world.federator, {
      currency: world.currency,
      to: account.address,
      amount: 1n,
    })
    const lie = only('eth_sendTransaction', (answer) => ({ ...answer, result: hash }))
    expect(await tampered(lie, approve)).toMatchObject({ code: 'TX_FOREIGN' })
    const nonsense = only('eth_sendTransaction', (answer) => ({ ...answer, result: '0x12' }))
    expect(await tampered(nonsense, approve)).toMatchObject({ code: 'SIGNER_SILENT' })
  })
})
