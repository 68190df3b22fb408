import { StandardMerkleTree } from '@openzeppelin/merkle-tree'
import { type Address, encodeFunctionData, erc20Abi, type Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendCall } from '../../../src/actions/network/send-call.ts'
import { delegatorGiftsAbi } from '../../../src/generated/network/delegator-gifts.ts'
import {
  type Anvil,
  activateRewardRoot,
  advanceTime,
  awardBounty,
  type ChainAccount,
  type ChainReader,
  challengeRewardRoot,
  claimMerkleReward,
  connectChain,
  fundRewards,
  ONE_TOKEN,
  offerGift,
  openBounty,
  proposeForBounty,
  readGifts,
  readRewardRoots,
  revokeRewardRoot,
  startAnvil,
  submitRewardRoot,
  takeGift,
  withdrawCredit,
} from '../../../src/index.ts'
import { accountOf } from '../../support/accounts.ts'
import { createNetwork, digestOf, type TestNetwork } from '../../support/network.ts'

const DATA = digestOf('data')

describe('rewards and gifts by Merkle trees, and bounties', () => {
  let anvil: Anvil
  let reader: ChainReader
  let network: TestNetwork
  let updater: ChainAccount
  let alice: ChainAccount
  let bob: ChainAccount

  beforeAll(async () => {
    anvil = await startAnvil()
    reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    network = await createNetwork(reader)
    updater = await accountOf(reader, 'updater')
    alice = await accountOf(reader, 'alice')
    bob = await accountOf(reader, 'bob')
  }, 120_000)
  afterAll(() => anvil?.stop())

  const rewards = () => network.contracts.rewards
  const balanceOf = (account: Address) =>
    reader.public.readContract({
      address: network.contracts.token,
      abi: erc20Abi,
      functionName: 'balanceOf',
      args: [account],
    })
  /** As anybody can make it who knows what was earned: chain, contract, epoch (or gift), account, amount. */
  const treeOf = (place: Address, number: bigint, type: string, amounts: readonly bigint[]) =>
    StandardMerkleTree.of(
      [alice, bob].map(({ address }, i) => [
        BigInt(reader.chainId),
        place,
        number,
        address,
        amounts[i] ?? 0n,
      ]),
      ['uint256', 'address', type, 'address', 'uint96'],
    )

  it('pays what OpenZeppelin’s trees say, the difference to what was paid', async () => {
    await fundRewards(network.founder, { rewards: rewards(), amount: 1_000n * ONE_TOKEN })
    for (const [epoch, amount, paid] of [
      [1n, 100n, 100n],
      [2n, 250n, 150n],
    ] as const) {
      const tree = treeOf(rewards(), epoch, 'uint32', [amount * ONE_TOKEN, 300n * ONE_TOKEN])
      const total = (amount + 300n) * ONE_TOKEN
      const root = tree.root as Hex
      await submitRewardRoot(updater, { rewards: rewards(), root, total, digest: DATA })
      await expect(activateRewardRoot(bob, { rewards: rewards() })).rejects.toMatchObject({
        code: 'ROOT_WAITING',
      })
      const { pending } = await readRewardRoots(reader, { rewards: rewards() })
      await advanceTime(reader, BigInt(pending?.activeFrom ?? 0))
      await activateRewardRoot(bob, { rewards: rewards() })
      const before = await balanceOf(alice.address)
      const proof = tree.getProof(0) as Hex[]
      const claim = { rewards: rewards(), member: alice.address, amount: amount * ONE_TOKEN, proof }
      await claimMerkleReward(bob, claim)
      expect((await balanceOf(alice.address)) - before).toBe(paid * ONE_TOKEN)
      await expect(claimMerkleReward(bob, claim)).rejects.toMatchObject({
        code: 'NOTHING_TO_CLAIM',
      })
    }
  }, 60_000)

  it('lets anybody challenge a root and the guardian revoke it', async () => {
    const guardian = await accountOf(reader, 'guardian')
    const bad = { rewards: rewards(), root: DATA, total: 900n * ONE_TOKEN, digest: DATA }
    await expect(submitRewardRoot(alice, bad)).rejects.toMatchObject({
      code: 'ACCESS_MANAGED_UNAUTHORIZED',
    })
    await submitRewardRoot(updater, bad)
    await challengeRewardRoot(network.founder, { rewards: rewards(), evidence: DATA })
    await revokeRewardRoot(guardian, { rewards: rewards() })
    const { active, pending } = await readRewardRoots(reader, { rewards: rewards() })
    expect(active?.epoch).toBe(2)
    expect(pending).toBeUndefined()
  })

  it('hands out a host’s own tokens to its delegators', async () => {
    const { delegatorGifts, token } = network.contracts
    const tree = treeOf(delegatorGifts, 1n, 'uint256', [ONE_TOKEN, 2n * ONE_TOKEN])
    const total = 3n * ONE_TOKEN
    const root = tree.root as Hex
    const terms = { delegatorGifts, token, root, total, data: DATA, seconds: 86_400 }
    const { gift } = await offerGift(network.founder, terms)
    const before = await balanceOf(bob.address)
    const proof = tree.getProof(1) as Hex[]
    const part = { delegatorGifts, gift, delegator: bob.address, amount: 2n * ONE_TOKEN, proof }
    await takeGift(alice, part)
    expect((await balanceOf(bob.address)) - before).toBe(2n * ONE_TOKEN)
    await expect(takeGift(alice, part)).rejects.toMatchObject({ code: 'GIFT_TAKEN_BEFORE' })
  })

  it('lists all gifts whatever contract somebody offers as a token', async () => {
    const { delegatorGifts, token } = network.contracts
    const args = [delegatorGifts, DATA, ONE_TOKEN, 3_600, DATA] as const
    const data = encodeFunctionData({ abi: delegatorGiftsAbi, functionName: 'offer', args })
    await sendCall(alice, { to: delegatorGifts, data })
    expect(await readGifts(reader, { delegatorGifts, fromBlock: 0n })).toMatchObject([
      { token, left: ONE_TOKEN, covered: ONE_TOKEN },
      { token: delegatorGifts, left: ONE_TOKEN, covered: 0n },
    ])
    const one = await readGifts(reader, { delegatorGifts, fromBlock: 0n, gift: 2n })
    expect(one).toMatchObject([{ gift: 2n, token: delegatorGifts }])
  })

  it('pays a bounty to whom its sponsor picks', async () => {
    const { market } = network.contracts
    const amount = 50n * ONE_TOKEN
    const terms = { market, kind: 'data', spec: DATA, amount, seconds: 3_600 } as const
    const { bounty } = await openBounty(network.founder, terms)
    await proposeForBounty(alice, { market, bounty, digest: digestOf('work') })
    await expect(awardBounty(bob, { market, bounty, proposal: 0 })).rejects.toMatchObject({
      code: 'NOT_SPONSOR',
    })
    await awardBounty(network.founder, { market, bounty, proposal: 0 })
    const before = await balanceOf(alice.address)
    await withdrawCredit(alice, { holder: market, to: alice.address })
    expect((await balanceOf(alice.address)) - before).toBe(amount)
  })
})
