import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AllianceBallot,
  type Anvil,
  advanceAlliance,
  advanceTime,
  allianceCommitment,
  type ChainAccount,
  type ChainReader,
  claimAlliance,
  commitAllianceVote,
  connectChain,
  contributeAlliance,
  createAlliance,
  fundAlliance,
  joinAlliance,
  ONE_TOKEN,
  proveBeacon,
  readAlliance,
  readAllianceMoney,
  readAlliancePeers,
  readAllianceRound,
  readAllianceStrikes,
  readBeaconRound,
  readEarned,
  refundAlliance,
  resignAlliance,
  revealAllianceVote,
  stake,
  startAnvil,
  transferToken,
} from '../../../src/index.ts'
import { drawByWeight, drawSeed } from '../../../src/model/network/sortition.ts'
import { accountOf } from '../../support/accounts.ts'
import { countedReader } from '../../support/counted-reader.ts'
import { createNetwork, digestOf, SIGNER, type TestNetwork } from '../../support/network.ts'

const NODES = 4
const STAKE = 1_000n * ONE_TOKEN
const POOL = 2_000n * ONE_TOKEN
const WINDOW = 600

// One alliance: each test goes on where the one before it ended.
describe('an alliance on a real beacon', () => {
  let anvil: Anvil
  let reader: ChainReader
  let network: TestNetwork
  let nodes: readonly ChainAccount[]
  let id: bigint

  beforeAll(async () => {
    anvil = await startAnvil()
    reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    network = await createNetwork(reader)
    nodes = await Promise.all(
      Array.from({ length: NODES }, (_, i) => accountOf(reader, `alliance-${i}`)),
    )
    for (const { address } of nodes) {
      const { token } = network.contracts
      await transferToken(network.founder, { token, to: address, amount: 2n * STAKE })
    }
  }, 120_000)
  afterAll(() => anvil?.stop())

  const alliance = () => network.contracts.alliance
  const now = () => readAlliance(reader, { alliance: alliance(), id })
  const advance = () => advanceAlliance(network.founder, { alliance: alliance(), id })
  const round = () => readAllianceRound(reader, { alliance: alliance(), id, round: 1 })
  const nodeAt = (address: string) => {
    const node = nodes.find((one) => one.address === address)
    if (node === undefined) throw new Error(`no node ${address}`)
    return node
  }
  const memberOf = (node: ChainAccount) => ({
    alliance: alliance(),
    id,
    peerKey: digestOf(`peer key of ${node.address}`),
    binding: new Uint8Array(64).fill(nodes.indexOf(node) + 1),
  })
  const saltOf = (node: ChainAccount) => digestOf(`salt of ${node.address}`)
  const ballotOf = (seat: number): AllianceBallot => ({
    digest: digestOf('model 1'),
    // The last voter found it worse.
    score: seat === 1 ? -1 : 1,
    approved: 3n,
    lossBefore: 900_000_000n,
    lossAfter: 800_000_000n,
  })

  it('is founded with a pool, and joined by those who have staked', async () => {
    const terms = {
      manifest: digestOf('manifest'),
      model: digestOf('model 0'),
      rounds: 2,
      minParticipants: 3,
      maxParticipants: 8,
      proposers: 2,
      voters: 2,
      contributeWindow: WINDOW,
      commitWindow: WINDOW,
      revealWindow: WINDOW,
      minStake: STAKE,
    }
    const poor = createAlliance(network.founder, { alliance: alliance(), terms, pool: ONE_TOKEN })
    await expect(poor).rejects.toMatchObject({ code: 'POOL_BELOW_MINIMUM' })
    const wrong = { ...terms, voters: 9 }
    await expect(
      createAlliance(network.founder, { alliance: alliance(), terms: wrong, pool: POOL }),
    ).rejects.toMatchObject({ code: 'INVALID_PARAM' })
    const founded = await createAlliance(network.founder, {
      alliance: alliance(),
      terms,
      pool: POOL - ONE_TOKEN,
    })
    id = founded.id
    await fundAlliance(network.founder, { alliance: alliance(), id, amount: ONE_TOKEN })
    const { stakeManager } = network.contracts
    for (const node of nodes) {
      const early = joinAlliance(node, memberOf(node))
      await expect(early).rejects.toMatchObject({ code: 'STAKE_BELOW_MINIMUM' })
      await stake(node, { stakeManager, role: 'alliance', task: founded.task, amount: STAKE })
      await joinAlliance(node, memberOf(node))
    }
    const state = await now()
    expect(state).toMatchObject({ phase: 'idle', round: 1, pool: POOL, pot: POOL / 2n, terms })
    expect(state.participants).toEqual(nodes.map(({ address }) => address))
    const peers = await readAlliancePeers(reader, { alliance: alliance(), id })
    expect(peers).toEqual(
      nodes.map((node) => ({
        account: node.address,
        peerKey: memberOf(node).peerKey,
        binding: memberOf(node).binding,
      })),
    )
  }, 60_000)

  it('draws roles by a round of the beacon that nobody knew, as the model does', async () => {
    await expect(advance()).rejects.toMatchObject({ code: 'PHASE_RUNNING' })
    await advanceTime(reader, BigInt((await now()).until))
    expect((await advance()).phase).toBe('drawing')
    const frozen = await now()
    const { beacon, stakeManager } = network.contracts
    const due = await readBeaconRound(reader, { beacon, round: frozen.beaconRound })
    expect(due.seed).toBeUndefined()
    const stranger = await accountOf(reader, 'stranger')
    await expect(joinAlliance(stranger, memberOf(stranger))).rejects.toMatchObject({
      code: 'ALLIANCE_IN_PHASE',
    })
    const proof = SIGNER.sign(due.number)
    const proving = { beacon, round: due.round, point: proof.point }
    await expect(proveBeacon(stranger, proving)).rejects.toMatchObject({ code: 'ROUND_NOT_DUE' })
    await advanceTime(reader, BigInt(due.dueAt))
    const false_ = { ...proving, point: SIGNER.sign(due.number + 1n).point }
    await expect(proveBeacon(stranger, false_)).rejects.toMatchObject({
      code: 'BEACON_SIGNATURE_INVALID',
    })
    expect((await proveBeacon(stranger, proving)).seed).toBe(proof.seed)
    expect((await advance()).phase).toBe('contributing')

    const seedOf = (role: string) =>
      drawSeed({
        beacon: proof.seed,
        chainId: BigInt(network.founder.chainId),
        contract: alliance(),
        task: frozen.task,
        round: 1n,
        role: `0x${Buffer.from(role).toString('hex').padEnd(64, '0')}`,
      })
    const first = drawByWeight([STAKE, STAKE, STAKE, STAKE], seedOf('PROPOSER'), 2)
    const rest = nodes.map((_, i) => (first.includes(i) ? 0n : STAKE))
    const second = drawByWeight(rest, seedOf('VOTER'), 2)
    const { proposers, voters } = await round()
    expect(proposers.map(({ account }) => account)).toEqual(first.map((i) => nodes[i]?.address))
    expect(voters.map(({ account }) => account)).toEqual(second.map((i) => nodes[i]?.address))
    expect(stakeManager).toBeDefined()
  }, 60_000)

  it('takes contributions, commitments and reveals from whoever was drawn', async () => {
    const { proposers, voters } = await round()
    for (const [seat, { account }] of proposers.entries()) {
      const digest = digestOf(`contribution ${seat}`)
      const wrong = { alliance: alliance(), id, seat: 1 - seat, digest }
      const node = nodeAt(account)
      await expect(contributeAlliance(node, wrong)).rejects.toMatchObject({ code: 'NOT_PROPOSER' })
      await contributeAlliance(node, { alliance: alliance(), id, seat, digest })
    }
    expect((await advance()).phase).toBe('committing')
    const place = { chainId: BigInt(network.founder.chainId), contract: alliance(), round: 1n }
    const { task } = await now()
    for (const [seat, { account }] of voters.entries()) {
      const node = nodeAt(account)
      const commitment = allianceCommitment(ballotOf(seat), {
        ...place,
        task,
        voter: node.address,
        salt: saltOf(node),
      })
      await commitAllianceVote(node, { alliance: alliance(), id, seat, commitment })
      const again = commitAllianceVote(node, { alliance: alliance(), id, seat, commitment })
      await expect(again).rejects.toMatchObject({ code: 'ALREADY_COMMITTED' })
    }
    expect((await advance()).phase).toBe('revealing')
    for (const [seat, { account }] of voters.entries()) {
      const node = nodeAt(account)
      const reveal = { alliance: alliance(), id, seat, ballot: ballotOf(seat), salt: saltOf(node) }
      const other = { ...reveal, ballot: { ...reveal.ballot, lossAfter: 1n } }
      await expect(revealAllianceVote(node, other)).rejects.toMatchObject({
        code: 'COMMITMENT_MISMATCH',
      })
      await revealAllianceVote(node, reveal)
      await expect(revealAllianceVote(node, reveal)).rejects.toMatchObject({
        code: 'ALREADY_REVEALED',
      })
    }
  }, 60_000)

  it('is read with few calls, of which none is made for each seat', async () => {
    const { reader: counted, asked } = countedReader(reader)
    expect(await readAlliance(counted, { alliance: alliance(), id })).toEqual(await now())
    expect(asked.splice(0)).toEqual(['eth_call'])
    const one = { alliance: alliance(), id, round: 1 }
    expect(await readAllianceRound(counted, one)).toEqual(await round())
    expect(asked).toEqual(['eth_blockNumber', 'eth_call', 'eth_call'])
  })

  it('has no verdict when two voters contradict each other, and pays nobody', async () => {
    expect((await advance()).phase).toBe('idle')
    const { verdict, digest, voters } = await round()
    const late = nodeAt(String(voters[0]?.account))
    const reveal = { alliance: alliance(), id, seat: 0, ballot: ballotOf(0), salt: saltOf(late) }
    await expect(revealAllianceVote(late, reveal)).rejects.toMatchObject({
      code: 'ALLIANCE_IN_PHASE',
    })
    expect(verdict).toBe('undecided')
    expect(digest).toBe(digestOf('model 1'))
    expect(voters.map(({ ballot }) => ballot?.score)).toEqual([1, -1])
    expect(await now()).toMatchObject({
      round: 2,
      model: digestOf('model 0'),
      pool: POOL,
      pot: POOL,
    })
  })

  it('goes on when somebody leaves, penalises silence, and ends with its last round', async () => {
    const [leaver] = nodes
    if (leaver === undefined) throw new Error('no node')
    expect((await resignAlliance(leaver, { alliance: alliance(), id })).left).toBe(true)
    await expect(resignAlliance(leaver, { alliance: alliance(), id })).rejects.toMatchObject({
      code: 'NOT_A_PARTICIPANT',
    })
    await advanceTime(reader, BigInt((await now()).until))
    await advance()
    const { beacon } = network.contracts
    const due = await readBeaconRound(reader, { beacon, round: (await now()).beaconRound })
    await advanceTime(reader, BigInt(due.dueAt))
    const { point } = SIGNER.sign(due.number)
    await proveBeacon(network.founder, { beacon, round: due.round, point })
    await advance()
    await advanceTime(reader, BigInt((await now()).until))
    expect((await advance()).phase).toBe('finished')
    await expect(advance()).rejects.toMatchObject({ code: 'ALLIANCE_FINISHED' })
    const { stakeManager } = network.contracts
    const { proposers } = await readAllianceRound(reader, { alliance: alliance(), id, round: 2 })
    for (const { account } of proposers) {
      const silent = { alliance: alliance(), id, account }
      expect((await readAllianceStrikes(reader, silent)).work).toBe(1)
    }
    const reporter = network.founder.address
    expect(await readEarned(reader, { stakeManager, owner: reporter })).toBeGreaterThan(0n)
  }, 60_000)

  it('gives back what it did not spend, and owes nothing to who earned nothing', async () => {
    const { founder } = network
    const money = { alliance: alliance(), id, account: founder.address }
    expect(await readAllianceMoney(reader, money)).toEqual({ earned: 0n, funded: POOL })
    await expect(claimAlliance(founder, { alliance: alliance(), id })).rejects.toMatchObject({
      code: 'NOTHING_OWED',
    })
    expect((await refundAlliance(founder, { alliance: alliance(), id })).amount).toBe(POOL)
  })
})
