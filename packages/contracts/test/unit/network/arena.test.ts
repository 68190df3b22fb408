import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proveBeacon } from '../../../src/actions/network/prove-beacon.ts'
import { randomBeaconAbi } from '../../../src/generated/network/random-beacon.ts'
import {
  type Anvil,
  advanceTime,
  type ChainAccount,
  type ChainReader,
  claimArena,
  commitScores,
  connectChain,
  countRound,
  createTask,
  drawAssignments,
  drawRound,
  freezeRound,
  fundTask,
  joinTask,
  NO_SCORE,
  ONE_TOKEN,
  punishValidator,
  readPurse,
  readSeat,
  readTask,
  readTaskPeers,
  revealScores,
  scoreCommitment,
  stake,
  startAnvil,
  submitModel,
  transferToken,
} from '../../../src/index.ts'
import { accountOf } from '../../support/accounts.ts'
import { createNetwork, digestOf, SIGNER, type TestNetwork } from '../../support/network.ts'

const STAKE = 4_000n * ONE_TOKEN
const POT = 1_000n * ONE_TOKEN
const SALT = digestOf('salt')
/** Nobody checks it on the chain. */
const PEER = { peerKey: digestOf('peer'), binding: new Uint8Array(64).fill(7) }

// One task: each test goes on where the one before it ended.
describe('a task of the arena', () => {
  let anvil: Anvil
  let reader: ChainReader
  let network: TestNetwork
  let task: bigint
  let nodes: readonly ChainAccount[]
  let validators: readonly ChainAccount[]

  beforeAll(async () => {
    anvil = await startAnvil()
    reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    network = await createNetwork(reader)
    const { founder, contracts } = network
    const { registry, stakeManager, token } = contracts
    const creatorTask = BigInt(registry) << 96n
    const role = 'task-creator'
    await stake(founder, { stakeManager, role, task: creatorTask, amount: 10_000n * ONE_TOKEN })
    const funded = async (who: string) => {
      const account = await accountOf(reader, who)
      const amount = 3n * STAKE
      await transferToken(founder, { token, to: account.address, amount })
      return account
    }
    nodes = [await funded('node-0'), await funded('node-1')]
    validators = [await funded('validator-0'), await funded('validator-1')]
  }, 120_000)
  afterAll(() => anvil?.stop())

  const registry = () => network.contracts.registry
  const now = async () => {
    const view = await readTask(reader, { registry: registry(), task })
    if (view === undefined) throw new Error('no task')
    return view
  }
  const seatOf = async (validator: ChainAccount) => {
    const place = { registry: registry(), task, round: 1, validator: validator.address }
    const seat = await readSeat(reader, place)
    if (seat === undefined) throw new Error('no seat')
    return seat
  }
  /** The first model is the better one. */
  const scoresOf = async (validator: ChainAccount) => {
    const { models } = await seatOf(validator)
    return [0, 1].map((model) => (models.includes(model) ? 9_000 - 2_000 * model : NO_SCORE))
  }

  it('is posed, paid for, and joined', async () => {
    const terms = {
      manifest: digestOf('manifest'),
      evaluation: digestOf('evaluation'),
      rounds: 1,
      submitSeconds: 600,
      commitSeconds: 600,
      revealSeconds: 600,
      shareBps: 1_000,
      seats: 4,
    }
    ;({ task } = await createTask(network.founder, { registry: registry(), terms }))
    await fundTask(network.founder, { registry: registry(), task, amount: POT })
    const { stakeManager } = network.contracts
    for (const node of nodes) {
      const member = { registry: registry(), task, role: 'node', ...PEER } as const
      const early = joinTask(node, member)
      await expect(early).rejects.toMatchObject({ code: 'MEMBER_STAKE_TOO_SMALL' })
      await stake(node, { stakeManager, role: 'training-node', task, amount: STAKE })
      await joinTask(node, member)
      const model = digestOf(`model of ${node.address}`)
      await submitModel(node, { registry: registry(), task, model })
    }
    for (const validator of validators) {
      await stake(validator, { stakeManager, role: 'validator', task, amount: STAKE })
      await joinTask(validator, { registry: registry(), task, role: 'validator', ...PEER })
    }
    expect(await now()).toMatchObject({ phase: 'submitting', round: 1, pot: POT, terms })
    const members = [...nodes, ...validators].map(({ address }, at) => {
      return { account: address, role: at < nodes.length ? 'node' : 'validator', ...PEER }
    })
    expect(await readTaskPeers(reader, { registry: registry(), task })).toEqual(members)
  }, 60_000)

  it('draws its validators by the beacon, as the model does', async () => {
    const early = freezeRound(network.founder, { registry: registry(), task })
    await expect(early).rejects.toMatchObject({ code: 'TASK_PHASE_RUNNING' })
    await advanceTime(reader, BigInt((await now()).deadline))
    await freezeRound(network.founder, { registry: registry(), task })
    const { beaconRound: round, entries } = await now()
    expect(entries.map(({ node }) => node)).toEqual(nodes.map(({ address }) => address))
    const { beacon } = network.contracts
    const due = await reader.public.readContract({
      address: beacon,
      abi: randomBeaconAbi,
      functionName: 'timeOf',
      args: [round],
    })
    await advanceTime(reader, due)
    const own = round & ((1n << 48n) - 1n)
    await proveBeacon(network.founder, { beacon, round, point: SIGNER.sign(own).point })
    await drawRound(network.founder, { registry: registry(), task })
    expect((await now()).phase).toBe('voting')
    const stakes = [STAKE, STAKE]
    const drawn = drawAssignments({ seed: SALT, stakes, models: 2n, seats: 4n })
    expect(drawn).toEqual([3n, 3n])
    expect((await seatOf(validators[0] as ChainAccount)).models).toEqual([0, 1])
  }, 60_000)

  it('is scored by commitment', async () => {
    for (const validator of validators) {
      const { seat } = await seatOf(validator)
      const scores = await scoresOf(validator)
      const place = { chainId: reader.chainId, registry: registry(), task, round: 1 }
      const salt = SALT
      const commitment = scoreCommitment({ ...place, validator: validator.address, scores, salt })
      const commit = { registry: registry(), task, seat, commitment }
      await commitScores(validator, commit)
      await expect(commitScores(validator, commit)).rejects.toMatchObject({
        code: 'ALREADY_COMMITTED',
      })
    }
    await advanceTime(reader, BigInt((await now()).deadline))
    for (const validator of validators) {
      const { seat } = await seatOf(validator)
      const scores = await scoresOf(validator)
      const wrong = scores.map((score) => score - 1)
      const reveal = { registry: registry(), task, seat, salt: SALT }
      await expect(revealScores(validator, { ...reveal, scores: wrong })).rejects.toMatchObject({
        code: 'COMMITMENT_MISMATCH',
      })
      await revealScores(validator, { ...reveal, scores })
      await expect(revealScores(validator, { ...reveal, scores })).rejects.toMatchObject({
        code: 'ALREADY_REVEALED',
      })
    }
    expect(await countRound(network.founder, { registry: registry(), task })).toMatchObject({
      done: true,
    })
    expect((await now()).phase).toBe('finished')
    const [late] = validators as [ChainAccount]
    const reveal = { registry: registry(), task, salt: SALT, scores: await scoresOf(late) }
    await expect(
      revealScores(late, { ...reveal, seat: (await seatOf(late)).seat }),
    ).rejects.toMatchObject({ code: 'WRONG_TASK_PHASE' })
  }, 60_000)

  it('pays the better node more, most of it later', async () => {
    const purses = await Promise.all(
      nodes.map(({ address }) =>
        readPurse(reader, { registry: registry(), task, member: address }),
      ),
    )
    const earned = purses.map(({ free, locked }) => free + locked)
    expect(earned[0]).toBe(((POT / 2n) * 10n ** 18n) / (18n * 10n ** 17n))
    expect(earned[0]).toBeGreaterThan(earned[1] ?? 0n)
    const member = (nodes[0] as ChainAccount).address
    await claimArena(network.founder, { registry: registry(), task, member })
    await advanceTime(reader, (await reader.public.getBlock()).timestamp + 31n * 86_400n)
    const { due, locked } = await readPurse(reader, { registry: registry(), task, member })
    expect(due).toBe(
      locked - (await readPurse(reader, { registry: registry(), task, member })).drawn,
    )
  })

  it('punishes nobody who did his part', async () => {
    const nothing = punishValidator(network.founder, {
      registry: registry(),
      task,
      round: 1,
      seat: 0,
    })
    await expect(nothing).rejects.toMatchObject({ code: 'NOTHING_TO_PUNISH' })
  })
})
