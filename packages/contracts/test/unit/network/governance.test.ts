import { encodeFunctionData, erc20Abi } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { networkTokenAbi } from '../../../src/generated/network/network-token.ts'
import { taskRegistryAbi } from '../../../src/generated/network/task-registry.ts'
import {
  type Anvil,
  advanceTime,
  type ChainAccount,
  type ChainReader,
  castVote,
  connectChain,
  executeProposal,
  ONE_TOKEN,
  type Proposal,
  proposalId,
  propose,
  queueProposal,
  readProposal,
  returnProposalStake,
  startAnvil,
  transferToken,
} from '../../../src/index.ts'
import { accountOf } from '../../support/accounts.ts'
import { createNetwork, type TestNetwork } from '../../support/network.ts'

/** ArenaParam.Tolerance. */
const TOLERANCE = 5
const STAKE = 10_000n * ONE_TOKEN

describe('governance', () => {
  let anvil: Anvil
  let reader: ChainReader
  let network: TestNetwork
  let proposer: ChainAccount

  beforeAll(async () => {
    anvil = await startAnvil()
    reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    network = await createNetwork(reader)
    proposer = await accountOf(reader, 'proposer')
    const { token } = network.contracts
    await transferToken(network.founder, { token, to: proposer.address, amount: 2n * STAKE })
    const args = [network.founder.address] as const
    const data = encodeFunctionData({ abi: networkTokenAbi, functionName: 'delegate', args })
    await network.founder.wallet.transact({ to: token, data })
    await advanceTime(reader, (await reader.public.getBlock()).timestamp + 10n)
  }, 120_000)
  afterAll(() => anvil?.stop())

  const dao = () => network.contracts.dao
  const setTolerance = (value: bigint): Proposal => ({
    calls: [
      {
        target: network.contracts.registry,
        value: 0n,
        data: encodeFunctionData({
          abi: taskRegistryAbi,
          functionName: 'setArenaParam',
          args: [TOLERANCE, value],
        }),
      },
    ],
    description: `Tolerance of ${value}`,
  })
  const view = (proposal: bigint) => readProposal(reader, { dao: dao(), proposal })
  const balance = () =>
    reader.public.readContract({
      address: network.contracts.token,
      abi: erc20Abi,
      functionName: 'balanceOf',
      args: [proposer.address],
    })

  it('changes a parameter by a proposal, and gives its stake back', async () => {
    const change = setTolerance(2_000n)
    const before = await balance()
    const { proposal, votesFrom, votesUntil } = await propose(proposer, { dao: dao(), ...change })
    expect(proposal).toBe(proposalId(change))
    expect(before - (await balance())).toBe(STAKE)
    expect((await view(proposal)).state).toBe('pending')
    await advanceTime(reader, votesFrom + 1n)
    const { weight } = await castVote(network.founder, { dao: dao(), proposal, vote: 'for' })
    expect(weight).toBe(100_000_000n * ONE_TOKEN - 2n * STAKE)
    await expect(
      castVote(network.founder, { dao: dao(), proposal, vote: 'scam' }),
    ).rejects.toMatchObject({ code: 'GOVERNOR_ALREADY_CAST_VOTE' })
    await advanceTime(reader, votesUntil + 1n)
    expect((await view(proposal)).state).toBe('succeeded')
    await queueProposal(proposer, { dao: dao(), ...change })
    const { state, executableFrom } = await view(proposal)
    expect(state).toBe('queued')
    await advanceTime(reader, executableFrom)
    await executeProposal(proposer, { dao: dao(), ...change })
    expect((await view(proposal)).state).toBe('executed')
    const value = await reader.public.readContract({
      address: network.contracts.registry,
      abi: taskRegistryAbi,
      functionName: 'arenaParam',
      args: [TOLERANCE],
    })
    expect(value).toBe(2_000n)
    expect(await returnProposalStake(proposer, { dao: dao(), proposal })).toMatchObject({
      ...{ returned: STAKE, toTreasury: 0n, burned: 0n },
    })
    expect(await balance()).toBe(before)
  }, 60_000)

  it('burns the stake of what most call a scam', async () => {
    const { proposal, votesFrom, votesUntil } = await propose(proposer, {
      dao: dao(),
      ...setTolerance(3_000n),
    })
    await expect(returnProposalStake(proposer, { dao: dao(), proposal })).rejects.toMatchObject({
      code: 'STAKE_LOCKED',
    })
    await advanceTime(reader, votesFrom + 1n)
    await castVote(network.founder, { dao: dao(), proposal, vote: 'scam' })
    await advanceTime(reader, votesUntil + 1n)
    expect((await view(proposal)).state).toBe('defeated')
    const before = await balance()
    expect(await returnProposalStake(network.founder, { dao: dao(), proposal })).toMatchObject({
      ...{ returned: 0n, burned: STAKE },
    })
    expect(await balance()).toBe(before)
    expect((await view(proposal)).stake).toBe(0n)
  }, 60_000)

  it('says in a sentence why parameters cannot be set otherwise', async () => {
    const [call] = setTolerance(1n).calls
    if (call === undefined) throw new Error('no call')
    const direct = network.founder.wallet.transact({ to: call.target, data: call.data })
    await expect(direct).rejects.toMatchObject({ code: 'ACCESS_MANAGED_UNAUTHORIZED' })
  })
})
