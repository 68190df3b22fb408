import {
  type Address,
  erc20Abi,
  hexToNumber,
  keccak256,
  numberToHex,
  toFunctionSelector,
} from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  connectChain,
  readHistory,
  readManifestBytes,
  readRegistrations,
  readScenario,
  startAnvil,
  transferToken,
} from '../../src/index.ts'
import { accountOf } from '../support/accounts.ts'
import {
  createWorld,
  MANIFEST,
  newScenario,
  registerAs,
  type World,
} from '../support/federation.ts'
import { startProxy, type Tamper } from '../support/rpc-proxy.ts'

const CLIENT_COUNT = toFunctionSelector('clientCount()')

describe('a node that lies, limits or hangs up', () => {
  let anvil: Anvil
  let world: World
  let scenario: Address

  beforeAll(async () => {
    anvil = await startAnvil()
    world = await createWorld(await connectChain({ rpcUrl: anvil.rpcUrl }))
    ;({ scenario } = await newScenario(world))
    await registerAs(world, { scenario, name: 'alpha' })
    await registerAs(world, { scenario, name: 'beta' })
  }, 60_000)

  afterAll(() => anvil?.stop())

  const through = async <T>(
    tamper: Tamper,
    use: (proxy: Awaited<ReturnType<typeof startProxy>>) => Promise<T>,
  ): Promise<T> => {
    const proxy = await startProxy(anvil.rpcUrl, tamper)
    try {
      return await use(proxy)
    } finally {
      await proxy.stop()
    }
  }

  it('T53 finds a transaction whose answer was lost and does not send it again', async () => {
    const to = keccak256('0x1057').slice(0, 42) as Address
    const dropAnswer: Tamper = ({ method }, answer) =>
      method === 'eth_sendRawTransaction' ? undefined : answer
    const { hash, sent } = await through(dropAnswer, async ({ rpcUrl, seen }) => {
      const reader = await connectChain({ rpcUrl })
      const account = await accountOf(reader, 'federator')
      const mined = await transferToken(account, { token: world.currency, to, amount: 5n })
      const sends = seen.filter(({ method }) => method === 'eth_sendRawTransaction')
      return { hash: mined.hash, sent: sends.length }
    })
    expect(sent).toBe(1)
    const receipt = await world.reader.public.getTransactionReceipt({ hash })
    expect(receipt.status).toBe('success')
    const balance = await world.reader.public.readContract({
      address: world.currency,
      abi: erc20Abi,
      functionName: 'balanceOf',
      args: [to],
    })
    expect(balance).toBe(5n)
  })

  it('says that the chain does not answer when a transaction never reached it', async () => {
    const to = keccak256('0x1058').slice(0, 42) as Address
    const dropBoth: Tamper = ({ method }, answer) => {
      if (method === 'eth_sendRawTransaction') return undefined
      return method === 'eth_getTransactionByHash' ? { ...answer, result: null } : answer
    }
    const attempt = through(dropBoth, async ({ rpcUrl }) => {
      const account = await accountOf(await connectChain({ rpcUrl }), 'federator')
      return transferToken(account, { token: world.currency, to, amount: 5n })
    })
    await expect(attempt).rejects.toMatchObject({
      info: { code: 'RPC_FAILED', fault: 'chain' },
      details: { hash: expect.stringMatching(/^0x[0-9a-f]{64}$/) },
    })
  })

  it('T51 does not take a manifest that the Scenario does not name', async () => {
    const forge: Tamper = ({ method }, answer) => {
      if (method !== 'eth_getLogs') return answer
      return JSON.parse(JSON.stringify(answer).replace('001f3e5d7c', '001f3e5d7d'))
    }
    const attempt = through(forge, async ({ rpcUrl }) =>
      readManifestBytes(await connectChain({ rpcUrl }), { scenario }),
    )
    await expect(attempt).rejects.toMatchObject({ info: { code: 'MANIFEST_MISMATCH' } })
  })

  it('T51 notices that events are held back', async () => {
    const hide: Tamper = ({ method }, answer) =>
      method === 'eth_getLogs' ? { ...answer, result: [] } : answer
    await through(hide, async ({ rpcUrl }) => {
      const reader = await connectChain({ rpcUrl })
      await expect(readRegistrations(reader, { scenario })).rejects.toMatchObject({
        info: { code: 'REGISTRATIONS_INCOMPLETE' },
      })
      await expect(readManifestBytes(reader, { scenario })).rejects.toMatchObject({
        info: { code: 'MANIFEST_MISSING' },
      })
    })
  })

  it('T51 asks again when a node that takes in a block answers from two states', async () => {
    const plain = await readScenario(world.reader, { scenario })
    let counted = 0
    const aheadOnce: Tamper = ({ method, params }, answer) => {
      const asksCount = method === 'eth_call' && JSON.stringify(params).includes(CLIENT_COUNT)
      if (!asksCount || counted++ > 0) return answer
      return { ...answer, result: numberToHex(3, { size: 32 }) }
    }
    await through(aheadOnce, async ({ rpcUrl }) => {
      const state = await readScenario(await connectChain({ rpcUrl }), { scenario })
      expect(state.clients).toEqual(plain.clients)
    })
    expect(counted).toBeGreaterThanOrEqual(2)
  })

  it('reads events in smaller ranges when the node allows only few blocks', async () => {
    const limited: Tamper = ({ method, params: [filter] }, answer) => {
      if (method !== 'eth_getLogs') return answer
      const { fromBlock, toBlock } = filter as { fromBlock: `0x${string}`; toBlock: `0x${string}` }
      if (hexToNumber(toBlock) - hexToNumber(fromBlock) < 3) return answer
      const { id, jsonrpc } = answer
      return { id, jsonrpc, error: { code: -32_602, message: 'query exceeds max block range 3' } }
    }
    await through(limited, async ({ rpcUrl }) => {
      const reader = await connectChain({ rpcUrl })
      const registered = await readRegistrations(reader, { scenario })
      expect(registered.map(({ name }) => name)).toEqual(['alpha', 'beta'])
      expect(await readManifestBytes(reader, { scenario })).toEqual(MANIFEST)
    })
  })

  it('asks for the time of a block when the node leaves it out of events', async () => {
    const timeless: Tamper = (_, answer) =>
      JSON.parse(JSON.stringify(answer).replace(/"blockTimestamp":"[^"]*",?/g, ''))
    const plain = await readHistory(world.reader, { scenario })
    const slow = await through(timeless, async ({ rpcUrl }) =>
      readHistory(await connectChain({ rpcUrl }), { scenario }),
    )
    expect(slow).toEqual(plain)
  })
})
