import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { FedError, UserError } from '@fednode/protocol'
import { mnemonicToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEV_ACCOUNTS } from '../../src/dev-accounts.ts'
import {
  type Anvil,
  advanceTime,
  connectAccount,
  connectChain,
  isDevAccount,
  setBalance,
  startAnvil,
} from '../../src/index.ts'

const DEV_MNEMONIC = 'test test test test test test test test test test test junk'
const DEV_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'

const failure = async (attempt: Promise<unknown>): Promise<UserError> => {
  const error = await attempt.then(
    () => expect.unreachable('it connects'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(UserError)
  return error as UserError
}

describe('connectChain', () => {
  let anvil: Anvil
  let other: Anvil

  beforeAll(async () => {
    ;[anvil, other] = await Promise.all([startAnvil(), startAnvil({ chainId: 8453 })])
  })
  afterAll(() => Promise.all([anvil?.stop(), other?.stop()]))

  it.each(['http', 'ws'])('connects over %s and asks for the chain id', async (scheme) => {
    const reader = await connectChain({ rpcUrl: anvil.rpcUrl.replace('http', scheme) })
    expect(reader.chainId).toBe(31_337)
    expect(await reader.public.getBlockNumber()).toBe(0n)
    await reader.close()
    await reader.close()
  })

  it('refuses another chain than the one that is meant, naming both', async () => {
    const error = await failure(connectChain({ rpcUrl: anvil.rpcUrl, chainId: 8_453 }))
    expect(error.info).toMatchObject({ code: 'WRONG_CHAIN', fault: 'chain' })
    expect(error.message).toContain('31337')
    expect(error.message).toContain('8453')
  })

  it.each(['http', 'ws'])('says over %s which address does not answer', async (scheme) => {
    const { port, close } = await freePort()
    await close()
    const error = await failure(connectChain({ rpcUrl: `${scheme}://127.0.0.1:${port}/v3/secret` }))
    expect(error.info).toMatchObject({ code: 'RPC_UNREACHABLE', fault: 'chain' })
    expect(error.message).toContain(`${scheme}://127.0.0.1:${port}`)
    expect(error.message).not.toContain('secret')
  })

  it.each(['file:///etc/passwd', 'ftp://127.0.0.1', 'javascript:1', 'data:,x', 'ipc:///a'])(
    'T29 refuses the address %s before it is opened',
    async (rpcUrl) => {
      const error = await failure(connectChain({ rpcUrl }))
      expect(error.info).toMatchObject({ code: 'BAD_RPC_URL', fault: 'usage' })
    },
  )

  it.each(['', 'localhost', `http://${'a'.repeat(3_000)}`])(
    'refuses %j, which is no URL',
    async (rpcUrl) => {
      const error = await failure(connectChain({ rpcUrl }))
      expect(error.info).toMatchObject({ code: 'BAD_RPC_URL', fault: 'usage' })
      expect(error.message.length).toBeLessThan(200)
    },
  )

  it('T29 follows no redirect', async () => {
    const { port, close } = await freePort(anvil.rpcUrl)
    const error = await failure(connectChain({ rpcUrl: `http://127.0.0.1:${port}` }))
    await close()
    expect(error.info).toMatchObject({ code: 'RPC_UNREACHABLE' })
  })

  it('T59 refuses a development key on any chain but 31337', async () => {
    const account = await connectAccount({ rpcUrl: anvil.rpcUrl, privateKey: DEV_KEY })
    expect(account.address).toBe('0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266')
    const error = await failure(connectAccount({ rpcUrl: other.rpcUrl, privateKey: DEV_KEY }))
    expect(error.info).toMatchObject({ code: 'DEV_KEY', fault: 'refused' })
    expect(error.message).toContain('8453')
    expect(error.message).not.toContain(DEV_KEY.slice(2))
  })

  it('T59 knows all accounts of the development mnemonic and no other', () => {
    const known = Array.from(
      { length: 20 },
      (_, addressIndex) => mnemonicToAccount(DEV_MNEMONIC, { addressIndex }).address,
    )
    expect(known.every(isDevAccount)).toBe(true)
    expect(DEV_ACCOUNTS.size).toBe(known.length)
    expect(isDevAccount('0x00000000000000000000000000000000000000aa')).toBe(false)
  })

  it.each(['', '0x12', DEV_KEY.slice(2), `0x${'0'.repeat(64)}`, `0x${'f'.repeat(64)}`])(
    'T41 refuses the private key %j without repeating it',
    async (privateKey) => {
      const error = await failure(connectAccount({ rpcUrl: anvil.rpcUrl, privateKey }))
      expect(error.info).toMatchObject({ code: 'BAD_PRIVATE_KEY', fault: 'usage' })
      const digits = privateKey.slice(2)
      if (digits !== '') expect(`${error.message}${error.cause}`).not.toContain(digits)
    },
  )

  it('moves clocks and balances on the local chain only', async () => {
    const reader = await connectChain({ rpcUrl: other.rpcUrl })
    const address = '0x00000000000000000000000000000000000000aa'
    for (const attempt of [advanceTime(reader, 9n), setBalance(reader, { address, amount: 1n })]) {
      const error = await failure(attempt)
      expect(error.info).toMatchObject({ code: 'NOT_A_LOCAL_CHAIN', fault: 'usage' })
    }
    expect(await reader.public.getBalance({ address })).toBe(0n)
  })

  it('moves the clock forward, never back', async () => {
    const reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    const target = (await reader.public.getBlock()).timestamp + 1_000n
    expect(await advanceTime(reader, target)).toBe(target)
    expect(await advanceTime(reader, target - 500n)).toBe(target)
  })

  it('raises errors that are FedErrors', async () => {
    expect(await failure(connectChain({ rpcUrl: 'x' }))).toBeInstanceOf(FedError)
  })
})

/** A port that answers every request with a redirect, or nothing once closed. */
async function freePort(location = 'http://127.0.0.1:1') {
  const server = createServer((_, response) => response.writeHead(307, { location }).end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise((resolve) => server.close(resolve))
  return { port, close }
}
