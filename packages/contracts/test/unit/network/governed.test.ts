import { zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  advanceTime,
  type ChainReader,
  castVote,
  connectChain,
  delegateVotes,
  deployNetwork,
  describeCall,
  executeProposal,
  type GovernedParameter,
  type Network,
  type Proposal,
  propose,
  queueProposal,
  readGovernedParameters,
  readNetwork,
  readProposal,
  readProposals,
  readVotes,
  startAnvil,
} from '../../../src/index.ts'
import { accountOf } from '../../support/accounts.ts'
import { networkTerms } from '../../support/network.ts'

/** Contracts whose setters ask who began the call, so that only a real proposal gets through. */
const BY_PROPOSAL_ONLY = /^dao\./

describe('what governs a network', () => {
  let anvil: Anvil
  let reader: ChainReader
  let network: Network
  let parameters: readonly GovernedParameter[]

  beforeAll(async () => {
    anvil = await startAnvil()
    reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    const founder = await accountOf(reader, 'founder')
    const deployer = await accountOf(reader, 'deployer')
    const { directory } = await deployNetwork(deployer, await networkTerms(reader, founder))
    network = await readNetwork(reader, { directory })
    await delegateVotes(founder, { token: network.contracts.token, to: founder.address })
    parameters = await readGovernedParameters(reader, network)
  }, 120_000)
  afterAll(() => anvil?.stop())

  const accepts = ({ change }: GovernedParameter, value: bigint): Promise<boolean> =>
    reader.public.call({ account: network.contracts.timelock, ...change(value) }).then(
      () => true,
      () => false,
    )

  /** From the proposal to its execution. */
  async function carryOut(proposal: Proposal): Promise<void> {
    const founder = await accountOf(reader, 'founder')
    const { dao } = network.contracts
    await advanceTime(reader, (await reader.public.getBlock()).timestamp + 10n)
    const { proposal: id, votesFrom } = await propose(founder, { dao, ...proposal })
    await advanceTime(reader, votesFrom + 1n)
    await castVote(founder, { dao, proposal: id, vote: 'for' })
    const { votesUntil } = await readProposal(reader, { dao, proposal: id })
    await advanceTime(reader, votesUntil + 1n)
    await queueProposal(founder, { dao, ...proposal })
    const { executableFrom } = await readProposal(reader, { dao, proposal: id })
    await advanceTime(reader, executableFrom + 1n)
    await executeProposal(founder, { dao, ...proposal })
  }

  it('is found by its directory, and nowhere else', async () => {
    expect(network.since).toBeGreaterThanOrEqual(0n)
    await expect(readNetwork(reader, { directory: zeroAddress })).rejects.toMatchObject({
      code: 'NO_CONTRACT',
    })
    const { token } = network.contracts
    await expect(readNetwork(reader, { directory: token })).rejects.toMatchObject({
      code: 'NOT_A_NETWORK',
    })
    await expect(
      readNetwork({ ...reader, chainId: 8453 }, { directory: network.directory }),
    ).rejects.toMatchObject({ code: 'NETWORK_TERMS' })
  })

  it('accepts each parameter at its bounds and refuses it beyond them', async () => {
    for (const parameter of parameters.filter(({ name }) => !BY_PROPOSAL_ONLY.test(name))) {
      const { name, min, max, value } = parameter
      expect(value >= min && value <= max, name).toBe(true)
      expect(await accepts(parameter, min), `${name} at its least`).toBe(true)
      expect(await accepts(parameter, max), `${name} at its most`).toBe(true)
      expect(await accepts(parameter, max + 1n), `${name} above its most`).toBe(false)
      if (min > 0n) {
        expect(await accepts(parameter, min - 1n), `${name} below its least`).toBe(false)
      }
    }
  })

  it('changes nothing for anybody but the timelock', async () => {
    const [any] = parameters
    const stranger = await accountOf(reader, 'stranger')
    const call = any?.change(any.max)
    await expect(reader.public.call({ account: stranger.address, ...call })).rejects.toMatchObject({
      name: 'CallExecutionError',
    })
  })

  it('sets parameters of the Dao itself to both of their bounds by proposals', async () => {
    const own = parameters.filter(({ name }) => BY_PROPOSAL_ONLY.test(name))
    // A proposal threshold would stop the second proposal when nobody has the votes; the founder has them.
    for (const bound of ['min', 'max'] as const) {
      const calls = own.map((parameter) => {
        const { to, data } = parameter.change(parameter[bound])
        return { target: to, value: 0n, data }
      })
      await carryOut({ calls, description: `everything to its ${bound}` })
      const now = await readGovernedParameters(reader, network)
      for (const { name, ...expected } of own) {
        expect(now.find((one) => one.name === name)?.value, name).toBe(expected[bound])
      }
    }
    expect((await readProposals(reader, network)).map(({ description }) => description)).toEqual([
      'everything to its min',
      'everything to its max',
    ])
  })

  it('says what a call does from the call, whichever parameter it changes', () => {
    const { contracts } = network
    for (const parameter of parameters) {
      const value = parameter.value === parameter.max ? parameter.min : parameter.max
      const { to: target, data } = parameter.change(value)
      const { changes } = describeCall({ target, value: 0n, data }, { contracts, parameters })
      expect(changes.map(({ parameter: { name }, value: to }) => [name, to])).toEqual([
        [parameter.name, value],
      ])
    }
    const elsewhere = { target: zeroAddress, value: 5n, data: '0x1234' } as const
    expect(describeCall(elsewhere, { contracts, parameters })).toEqual({
      text: `${zeroAddress}: 0x1234 with 5 wei of the native coin`,
      changes: [],
    })
  })

  it('counts votes that were handed over', async () => {
    const founder = await accountOf(reader, 'founder')
    const { token } = network.contracts
    const votes = await readVotes(reader, { token, account: founder.address })
    expect(votes.heldBy).toBe(founder.address)
    expect(votes.votes).toBe(votes.balance)
  })
})
