import { keccak256, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  assertRound,
  closeRegistration,
  compareAssertions,
  connectChain,
  finalizeRound,
  fundRound,
  ONE_TOKEN,
  startAnvil,
} from '../../src/index.ts'
import { createWorld, newScenario, registerAs } from '../support/federation.ts'
import { startProxy, type Tamper } from '../support/rpc-proxy.ts'

const EVIDENCE = keccak256(toHex('evidence'))

describe('two nodes that are compared (T51)', () => {
  let anvil: Anvil
  let scenario: `0x${string}`

  beforeAll(async () => {
    anvil = await startAnvil()
    const reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    const world = await createWorld(reader)
    scenario = (await newScenario(world)).scenario
    for (const name of ['alpha', 'beta']) await registerAs(world, { scenario, name })
    const { federator } = world
    await closeRegistration(federator, { scenario })
    await fundRound(federator, { scenario, round: 1, amount: ONE_TOKEN })
    const round = { scenario, round: 1, shares: [5e8, 5e8] }
    const modelDigest = keccak256(toHex('model'))
    await assertRound(federator, { ...round, evidenceRoot: EVIDENCE, modelDigest })
    await finalizeRound(federator, round)
  }, 60_000)
  afterAll(() => anvil?.stop())

  const connectBeside = async (
    tamper: Tamper,
    use: (readers: Awaited<ReturnType<typeof connectChain>>) => Promise<void>,
  ) => {
    const proxy = await startProxy(anvil.rpcUrl, tamper)
    try {
      await use(await connectChain({ rpcUrl: anvil.rpcUrl, compareUrl: proxy.rpcUrl }))
    } finally {
      await proxy.stop()
    }
  }

  it('T51: are taken when both say the same', async () => {
    await connectBeside(
      (_, answer) => answer,
      async (reader) => {
        if (reader.second === undefined) throw new Error('no second node')
        await compareAssertions(reader, reader.second, scenario)
        await reader.close()
      },
    )
  })

  it('T51: are refused, both by name, when one has another block', async () => {
    const tamper: Tamper = ({ method }, answer) =>
      method === 'eth_getBlockByNumber'
        ? { ...answer, result: { ...(answer.result as object), hash: EVIDENCE } }
        : answer
    await expect(connectBeside(tamper, async () => {})).rejects.toMatchObject({
      code: 'NODES_DISAGREE',
      message: expect.stringMatching(
        /^the nodes http:\/\/127\.0\.0\.1:\d+ and http:\/\/127\.0\.0\.1:\d+ disagree about block \d+ /,
      ),
      info: { fault: 'refused', hint: expect.stringContaining('nothing was done') },
    })
  }, 20_000)

  it('T51: are refused when one is far behind', async () => {
    const tamper: Tamper = ({ method }, answer) =>
      method === 'eth_getBlockByNumber'
        ? { ...answer, result: { ...(answer.result as object), timestamp: '0x1' } }
        : answer
    await expect(connectBeside(tamper, async () => {})).rejects.toMatchObject({
      code: 'NODES_DISAGREE',
      message: expect.stringContaining('s older'),
    })
  }, 20_000)

  it('T51: are refused when they tell another outcome of a round that is over, or none', async () => {
    const other = EVIDENCE.replace('0x', '').replace(/^./, '0')
    const lies: Tamper[] = [
      ({ method }, answer) =>
        method === 'eth_getLogs'
          ? JSON.parse(JSON.stringify(answer).replaceAll(EVIDENCE.slice(2), other))
          : answer,
      ({ method }, answer) => (method === 'eth_getLogs' ? { ...answer, result: [] } : answer),
    ]
    for (const lie of lies) {
      await connectBeside(lie, async (reader) => {
        if (reader.second === undefined) throw new Error('no second node')
        await expect(compareAssertions(reader, reader.second, scenario)).rejects.toMatchObject({
          code: 'NODES_DISAGREE',
          message: expect.stringContaining('what is anchored of round 1'),
        })
      })
    }
  })
})
