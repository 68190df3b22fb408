import { rmSync, writeFileSync } from 'node:fs'
import {
  advanceTime,
  type ChainAccount,
  commitScores,
  countRound,
  drawRound,
  freezeRound,
  joinTask,
  ONE_TOKEN,
  proveBeacon,
  readBeaconRound,
  readNetwork,
  readPosition,
  readPurse,
  readSeat,
  readTask,
  revealScores,
  scoreCommitment,
  stake,
} from '@fednode/contracts'
import { createEngine } from '@fednode/engine'
import { encodeWeights, modelSpecOf, silentLogger, taskScope } from '@fednode/protocol'
import { beforeAll, expect, test } from 'vitest'
import { createArenaChain } from '../../../../src/arena/arena-chain.ts'
import { createChainClock } from '../../../../src/chain/chain-clock.ts'
import {
  deployLocalNetwork,
  LOCAL_NETWORK,
  localBeaconSigner,
} from '../../../../src/chain/local-network.ts'
import { enterArena, MAX_MEMBERS } from '../../../../src/commands/join/enter-arena.ts'
import { taskNumber } from '../../../../src/commands/stake/stake-place.ts'
import { loadPeerKey } from '../../../../src/identity/load-identity.ts'
import { readPlanFile } from '../../../../src/plan/read-plan-file.ts'
import { expectRefusal } from '../expect-refusal.ts'
import { useLocalWorld } from '../local-world.ts'
import { accountOf } from '../market-scenario.ts'

const world = useLocalWorld(deployLocalNetwork)

const TIMES = ['--submit-time', '60', '--commit-time', '60', '--reveal-time', '60']
const CREATE = ['task', 'create', 'plan.yaml', ...TIMES, '--dir', 'operator', '--yes']
const PEER = { peerKey: `0x${'12'.repeat(32)}`, binding: new Uint8Array(64) } as const
const JOIN = ['join', 'arena:1', '--data', 'a.csv', '--name', 'a', '--manifest']
/** What refuses to take part. */
const asked = (...words: readonly string[]) => [...JOIN, 'plan.yaml', ...words]

beforeAll(async () => {
  for (const name of ['node', 'stranger']) await world.participant(name)
  const drafting = ['federation', 'init', '--data', 'validation.csv', '--label', 'outcome']
  await world.json([...drafting, '--own-scales', '--out', 'plan.yaml'])
  const plan = await readPlanFile(world.path('plan.yaml'))
  const engine = await createEngine({ backend: 'cpu' })
  const weights = engine.initialWeights(modelSpecOf(plan.manifest), 1)
  writeFileSync(world.path('model.safetensors'), encodeWeights(weights))
  writeFileSync(world.path('other.yaml'), `${JSON.stringify({ ...plan.manifest, seed: 8 })}\n`)
})

test('a task is posed by who has staked for it, with a rule that fits its models', async () => {
  await expectRefusal(world, [...CREATE, '--metric', 'rmse'], {
    exit: 2,
    code: 'NOT_FOR_ARENAS',
    says: 'a model of classification is not measured by rmse',
  })
  await expectRefusal(world, [...CREATE, '--metric', 'accuracy'], {
    exit: 3,
    code: 'CREATOR_STAKE_TOO_SMALL',
    says: 'fednode stake add AMOUNT --role task-creator --task arena:0',
  })
  const place = ['--role', 'task-creator', '--task', 'arena:0', '--dir', 'operator']
  await world.json(['stake', 'add', '4000', ...place, '--yes'])
  await expectRefusal(world, [...CREATE, '--metric', 'accuracy', '--pot', '900000'], {
    exit: 2,
    code: 'INSUFFICIENT_BALANCE',
    says: 'fednode stake status  shows what you hold',
  })
  const create = [...CREATE, '--metric', 'accuracy', '--pot', '500']
  const foretold = await world.json([...create, '--dry-run'])
  expect(foretold).toMatchObject({ dryRun: true, metric: 'accuracy' })
  expect(await world.json(['task', 'list'])).toMatchObject({ count: 0, tasks: [] })
  expect(await world.json(create)).toMatchObject({
    name: 'arena:1',
    pot: String(500n * ONE_TOKEN),
    submitSeconds: 60,
    shareBps: 1_000,
    seats: 3,
  })
})

test('task list and task show say what it is', async () => {
  const shown = { name: 'arena:1', phase: 'submitting', metric: 'accuracy', round: 1 }
  expect(await world.json(['task', 'list', '--open'])).toMatchObject({
    count: 1,
    tasks: [{ ...shown, rounds: 1, nodes: 0, validators: 0, pot: String(500n * ONE_TOKEN) }],
  })
  expect(await world.json(['task', 'show', 'arena:1'])).toMatchObject({ ...shown, rounds: [] })
  const { stdout } = await world.run(['task', 'show', 'arena:1'])
  expect(stdout).toContain('scored by  accuracy, validators a model: 3')
  expect(stdout).toContain('no members yet')
  await expectRefusal(world, ['task', 'show', 'arena:7'], {
    exit: 2,
    code: 'UNKNOWN_TASK',
    says: 'there is no task arena:7',
  })
})

test('who takes part needs the manifest, the stake, and one role only', async () => {
  const node = ['--role', 'arena-node', '--dir', 'node']
  await expectRefusal(world, ['join', 'arena:1', '--data', 'a.csv', '--name', 'a', ...node], {
    exit: 2,
    code: 'MISSING_OPTION',
    says: '--manifest is missing',
  })
  await expectRefusal(world, [...JOIN, 'other.yaml', ...node], {
    exit: 2,
    code: 'OTHER_MANIFEST',
    says: 'is not the manifest of this task',
  })
  const { cid } = await readPlanFile(world.path('plan.yaml'))
  await expectRefusal(world, asked(...node, '--stake', '4000'), {
    exit: 3,
    code: 'CONSENT_NEEDED',
    says: 'fednode join arena:1 --role arena-node --manifest plan.yaml --stake 4000 --data a.csv',
  })
  await expectRefusal(world, asked(...node, '--accept', 'bafyother'), {
    exit: 3,
    code: 'WRONG_MANIFEST_ACCEPTED',
    says: 'but the one of this task is',
  })
  const other = asked(...node).with(1, 'arena:7')
  await expectRefusal(world, other, {
    exit: 2,
    code: 'UNKNOWN_TASK',
    says: 'there is no task arena:7',
  })
  await expectRefusal(world, asked(...node, '--accept', cid, '--stake', '2999'), {
    exit: 3,
    code: 'STAKE_TOO_LOW',
    says: 'whoever joins needs 3000',
  })
  const account = await accountOf(world, 'node')
  const network = await readNetwork(account, { directory: LOCAL_NETWORK })
  const { registry, stakeManager } = network.contracts
  const task = taskNumber(network, { owner: 'arena', number: 1n })
  const log = world.path(`node/scenarios/${taskScope(task)}/audit.jsonl`)
  writeFileSync(log, 'torn\n')
  await expectRefusal(world, asked(...node, '--accept', cid, '--stake', '4000'), {
    exit: 6,
    code: 'AUDIT_BROKEN',
    says: 'audit.jsonl',
  })
  rmSync(log)
  const position = { operator: account.address, role: 'training-node', task } as const
  expect(await readPosition(account, { stakeManager, position })).toBeUndefined()
  const place = ['--role', 'training-node', '--task', 'arena:1', '--dir', 'node']
  await world.json(['stake', 'add', '3000', ...place, '--yes'])
  await joinTask(account, { registry, task, role: 'node', ...PEER })
  await expectRefusal(world, asked('--role', 'arena-validator', '--dir', 'node', '--accept', cid), {
    exit: 3,
    code: 'OTHER_ROLE',
    says: 'is a node of this task for ever',
  })
})

test('nobody stakes for a task that is full or over', async () => {
  const account = await accountOf(world, 'stranger')
  const network = await readNetwork(account, { directory: LOCAL_NETWORK })
  const { contracts, since: fromBlock } = network
  const number = taskNumber(network, { owner: 'arena', number: 1n })
  const clock = createChainClock(account, { now: Date.now, logger: silentLogger })
  const place = { contracts, task: number, role: 'validator', fromBlock, clock } as const
  const chain = createArenaChain(account, place)
  const peerKey = await loadPeerKey(world.path('stranger'))
  const found = await chain.task()
  const enter = (change: Partial<typeof found>) =>
    enterArena({
      ...{ account, peerKey, role: 'validator', contracts, number, dir: 'stranger' },
      chain: { ...chain, task: async () => ({ ...found, ...change }) },
      ...{ leastStake: 3_000n * ONE_TOKEN, stake: '3000' },
    })
  const validators = Array.from({ length: MAX_MEMBERS }, () => contracts.dao)
  await expect(enter({ validators })).rejects.toMatchObject({
    message: 'this task has all of its 64 validators',
    info: { fault: 'refused', code: 'TASK_FULL' },
  })
  await expect(enter({ phase: 'finished' })).rejects.toMatchObject({
    info: { fault: 'refused', code: 'TASK_FINISHED' },
  })
  expect((await chain.means()).stake).toBe(0n)
})

test('task submit submits what is a model of the task, by its node', async () => {
  const submit = (...words: readonly string[]) => [
    ...['task', 'submit', 'arena:1', '--model', 'model.safetensors', '--yes', '--manifest'],
    ...words,
  ]
  await expectRefusal(world, submit('other.yaml', '--dir', 'node'), {
    exit: 2,
    code: 'OTHER_MANIFEST',
    says: 'is not the manifest of this task',
  })
  await expectRefusal(world, submit('plan.yaml', '--dir', 'stranger'), {
    exit: 3,
    code: 'NOT_IN_TASK',
    says: 'takes no part in this task',
  })
  const wrong = ['--digest', `0x${'34'.repeat(32)}`]
  await expectRefusal(world, submit('plan.yaml', '--dir', 'node', ...wrong), {
    exit: 3,
    code: 'MODEL_DIGEST_MISMATCH',
    says: "the model's digest is 0x",
  })
  const { model } = await world.json(submit('plan.yaml', '--dir', 'node'))
  const right = ['--digest', String(model), '--dry-run']
  expect(await world.json(submit('plan.yaml', '--dir', 'node', ...right))).toMatchObject({
    model,
    dryRun: true,
  })
  const { members } = await world.json(['task', 'show', 'arena:1'])
  expect(members).toMatchObject([{ role: 'node', purse: { due: '0' } }])
})

test('a task is closed once it has finished, and not before', async () => {
  await expectRefusal(world, ['task', 'close', 'arena:1', '--dir', 'operator', '--yes'], {
    exit: 5,
    code: 'WRONG_TASK_PHASE',
    says: 'models are submitted',
  })
})

test('task fund adds to the pot of a task that goes on', async () => {
  const fund = ['task', 'fund', 'arena:1', '100', '--dir', 'stranger', '--yes']
  const pot = String(600n * ONE_TOKEN)
  expect(await world.json([...fund, '--dry-run'])).toMatchObject({ dryRun: true, pot })
  expect(await world.json(fund)).toMatchObject({ amount: String(100n * ONE_TOKEN), pot })
  expect(await world.json(['task', 'show', 'arena:1'])).toMatchObject({ pot })
  await expectRefusal(world, fund.with(3, '900000'), {
    exit: 2,
    code: 'INSUFFICIENT_BALANCE',
    says: 'fednode stake status  shows what you hold',
  })
})

test('task claim frees the stake and pays what has vested, once the task has finished', async () => {
  const claim = ['task', 'claim', 'arena:1', '--dir', 'node', '--yes']
  await expectRefusal(world, claim.with(4, 'stranger'), {
    exit: 3,
    code: 'NOT_IN_TASK',
    says: 'takes no part in task arena:1',
  })
  await expectRefusal(world, claim, { exit: 3, code: 'NOTHING_DUE', says: 'nothing is due to' })
  const account = await accountOf(world, 'stranger')
  const { node } = await judgeOnce(account)
  const due = await dueOf(node)
  expect(due).toBeGreaterThan(0n)
  await expectUnclaimed(node, due)
  expect(await world.json([...claim, '--dry-run'])).toMatchObject({ dryRun: true, role: 'node' })
  // Anybody may; the second block is later, so that a little more has vested.
  const paid = await world.json([...claim.with(4, 'stranger'), '--member', node])
  expect(paid).toMatchObject({ member: node.toLowerCase(), released: true })
  expect(BigInt(String(paid.amount))).toBeGreaterThanOrEqual(due)
  const { members } = await world.json(['task', 'show', 'arena:1'])
  expect(members).toMatchObject([{ role: 'node', purse: { free: '0' } }, { role: 'validator' }])
  await expectRefusal(world, ['task', 'fund', 'arena:1', '1', '--dir', 'stranger', '--yes'], {
    exit: 3,
    code: 'TASK_FINISHED',
    says: 'has finished',
  })
  await world.json(['task', 'close', 'arena:1', '--dir', 'operator', '--yes'])
  const { stdout } = await world.run(['stake', 'status', '--dir', 'node'])
  expect(stdout).toContain(
    'not collected: fednode stake withdraw --earned --role training-node --task arena:1',
  )
})

/** A position's status says what its node can claim, and who holds another position in the task reads nothing there. */
async function expectUnclaimed(node: `0x${string}`, due: bigint): Promise<void> {
  const status = ['stake', 'status', '--role', 'training-node', '--task', 'arena:1', '--dir']
  const { positions } = await world.json([...status, 'node'])
  const [{ unclaimed }] = positions as readonly [
    { readonly unclaimed: { readonly claimable: string; readonly vesting: string } },
  ]
  expect(unclaimed).toMatchObject({ command: 'fednode task claim arena:1' })
  expect(BigInt(unclaimed.claimable)).toBeGreaterThanOrEqual(due)
  expect(BigInt(unclaimed.vesting)).toBeGreaterThan(0n)
  const shown = await world.run([...status, 'node'])
  expect(shown.stdout).toMatch(/to claim {6}\d+\.\d\d FDN: fednode task claim arena:1$/m)
  const others = await world.run([...status, 'stranger', '--operator', node])
  expect(others.stdout).toMatch(
    new RegExp(`task claim arena:1 --member ${node.toLowerCase()}$`, 'm'),
  )
}

async function place() {
  const account = await accountOf(world, 'stranger')
  const { contracts, ...network } = await readNetwork(account, { directory: LOCAL_NETWORK })
  const number = taskNumber({ contracts, ...network }, { owner: 'arena', number: 1n })
  return { account, contracts, registry: contracts.registry, task: number }
}

/** The only round of task arena:1, judged by one validator that thinks well of its only model. */
async function judgeOnce(validator: ChainAccount) {
  const { contracts, registry, task } = await place()
  const one = { registry, task }
  const now = async () => {
    const found = await readTask(validator, one)
    if (found === undefined) throw new TypeError('no task')
    return found
  }
  const { stakeManager, beacon } = contracts
  await stake(validator, { stakeManager, role: 'validator', task, amount: 3_000n * ONE_TOKEN })
  await joinTask(validator, { ...one, role: 'validator', ...PEER })
  await advanceTime(validator, BigInt((await now()).deadline))
  await freezeRound(validator, one)
  const due = await readBeaconRound(validator, { beacon, round: (await now()).beaconRound })
  await advanceTime(validator, BigInt(due.dueAt))
  const { point } = localBeaconSigner().sign(due.number)
  await proveBeacon(validator, { beacon, round: due.round, point })
  await drawRound(validator, one)
  const vote = { ...one, round: 1, validator: validator.address }
  const seat = (await readSeat(validator, vote))?.seat ?? -1
  const said = { scores: [9_000], salt: `0x${'5a'.repeat(32)}` } as const
  const commitment = scoreCommitment({ chainId: validator.chainId, ...vote, ...said })
  await commitScores(validator, { ...one, seat, commitment })
  await advanceTime(validator, BigInt((await now()).deadline))
  await revealScores(validator, { ...one, seat, ...said })
  await countRound(validator, one)
  const [node] = (await now()).nodes
  if (node === undefined) throw new TypeError('no node')
  return { node }
}

async function dueOf(member: `0x${string}`): Promise<bigint> {
  const { account, registry, task } = await place()
  return (await readPurse(account, { registry, task, member })).due
}
