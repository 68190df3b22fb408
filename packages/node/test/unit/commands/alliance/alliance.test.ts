import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import {
  advanceAlliance,
  advanceTime,
  allianceCommitment,
  type ChainAccount,
  commitAllianceVote,
  contributeAlliance,
  createAlliance,
  joinAlliance,
  type NetworkContracts,
  ONE_TOKEN,
  proveBeacon,
  readAlliance,
  readAllianceRound,
  readBeaconRound,
  readNetwork,
  readPosition,
  revealAllianceVote,
  stake,
} from '@fednode/contracts'
import { allianceScope } from '@fednode/protocol'
import { beforeAll, expect, test } from 'vitest'
import {
  deployLocalNetwork,
  LOCAL_NETWORK,
  localBeaconSigner,
} from '../../../../src/chain/local-network.ts'
import { enterAlliance } from '../../../../src/commands/join/enter-alliance.ts'
import { loadPeerKey } from '../../../../src/identity/load-identity.ts'
import { expectRefusal } from '../expect-refusal.ts'
import { useLocalWorld } from '../local-world.ts'
import { accountOf } from '../market-scenario.ts'

// One alliance: each test goes on where the one before it ended.
const world = useLocalWorld((deployer) => deployLocalNetwork(deployer))
const CREATE = ['alliance', 'create', 'plan.yaml', '--dir', 'operator']
const TERMS = ['--rounds', '4', '--pool', '100', '--min-stake', '1000']
const JOIN = ['join', '1', '--role', 'alliance', '--name', 'node', '--dir', 'node']

beforeAll(async () => {
  await world.participant('node')
  const drafting = ['federation', 'init', '--data', 'validation.csv', '--label', 'outcome']
  await world.json([...drafting, '--own-scales', '--out', 'plan.yaml'])
})

test('an alliance is foretold, founded and looked at', async () => {
  const foretold = await world.json([...CREATE, ...TERMS, '--dry-run'])
  expect(foretold).toMatchObject({ pool: String(100n * ONE_TOKEN), terms: { rounds: 4 } })
  const made = await world.json([...CREATE, ...TERMS, '--yes'])
  expect(made).toMatchObject({ id: '1', terms: foretold.terms })
  const status = await world.json(['alliance', 'status', '1'])
  expect(status).toMatchObject({
    phase: 'idle',
    round: 1,
    pool: String(100n * ONE_TOKEN),
    pot: String(25n * ONE_TOKEN),
    participants: [],
    terms: made.terms,
  })
  const { count, alliances } = await world.json(['alliance', 'list'])
  expect(count).toBe(1)
  expect(alliances).toMatchObject([
    { id: '1', phase: 'idle', rounds: 4, minStake: String(1_000n * ONE_TOKEN), participants: 0 },
  ])
  expect(await world.json(['alliance', 'rounds', '1'])).toEqual({ alliance: '1', rounds: [] })
  const { stdout } = await world.run(['alliance', 'status', '1'])
  expect(stdout).toContain('Alliance 1: round 1 of 4, idle')
  expect(stdout).toContain('nobody takes part yet')
})

test('what cannot be founded is refused in a sentence', async () => {
  const template = readFileSync(world.path('plan.yaml'), 'utf8')
  const scaffold = template.replace(/^( +)name: fedavg$/m, '$1name: scaffold')
  expect(scaffold).not.toBe(template)
  writeFileSync(world.path('scaffold.yaml'), scaffold)
  const other = ['alliance', 'create', 'scaffold.yaml', '--dir', 'operator', ...TERMS, '--yes']
  await expectRefusal(world, other, {
    exit: 2,
    code: 'NOT_FOR_ALLIANCES',
    says: 'strategy.name "scaffold" needs a server',
  })
  await expectRefusal(world, [...CREATE, ...TERMS, '--voters', '64', '--yes'], {
    exit: 2,
    code: 'BAD_OPTION',
    says: '--proposers 4 and --voters 64 together are more than --max-participants 64',
  })
  const few = ['--min-participants', '9', '--max-participants', '8']
  await expectRefusal(world, [...CREATE, ...TERMS, ...few, '--yes'], {
    exit: 2,
    code: 'BAD_OPTION',
    says: '--min-participants 9 are more than --max-participants 8',
  })
  await expectRefusal(world, [...CREATE, ...TERMS.with(5, '99'), '--yes'], {
    exit: 2,
    code: 'BAD_OPTION',
    says: '--min-stake is 100 FDN at least, as stake.min-alliance has it',
  })
  await expectRefusal(world, ['alliance', 'status', '9'], {
    exit: 2,
    code: 'UNKNOWN_ALLIANCE',
    says: 'fednode alliance list  shows them.',
  })
  await expectRefusal(world, ['alliance', 'resign', '1', '--dir', 'node', '--yes'], {
    exit: 3,
    code: 'NOT_A_PARTICIPANT',
    says: 'takes no part',
  })
})

test('who cannot take part is told why, and nothing is staked', async () => {
  const data = ['--data', 'a.csv']
  await expectRefusal(world, [...JOIN, ...data], {
    exit: 2,
    code: 'MISSING_OPTION',
    says: '--manifest is missing',
  })
  const template = readFileSync(world.path('plan.yaml'), 'utf8')
  writeFileSync(world.path('other.yaml'), template.replace(/^seed: \d+/m, 'seed: 987'))
  await expectRefusal(world, [...JOIN, ...data, '--manifest', 'other.yaml'], {
    exit: 2,
    code: 'OTHER_MANIFEST',
    says: 'other.yaml is not the manifest of this alliance',
  })
  const right = [...JOIN, ...data, '--manifest', 'plan.yaml']
  await expectRefusal(world, right, {
    exit: 3,
    code: 'CONSENT_NEEDED',
    says: 'nobody approved this manifest',
  })
  const { cid } = await world.json(['federation', 'show', 'plan.yaml'])
  const agreed = [...right, '--accept', String(cid)]
  await expectRefusal(world, agreed, {
    exit: 3,
    code: 'STAKE_TOO_LOW',
    says: 'whoever joins needs 1000',
  })
  await expectRefusal(world, [...agreed, '--stake', '999'], {
    exit: 3,
    code: 'STAKE_TOO_LOW',
    says: '999 more with --stake',
  })
  const { contracts } = await readNetwork(await accountOf(world, 'node'), {
    directory: LOCAL_NETWORK,
  })
  const log = world.path(`node/scenarios/${allianceScope(contracts.alliance, 1n)}/audit.jsonl`)
  writeFileSync(log, 'torn\n')
  await expectRefusal(world, [...agreed, '--stake', '1000'], {
    exit: 6,
    code: 'AUDIT_BROKEN',
    says: 'audit.jsonl',
  })
  rmSync(log)
  await expectRefusal(world, [...agreed, '--stake', '99000000'], {
    exit: 2,
    code: 'INSUFFICIENT_BALANCE',
    says: 'of token FDN, not 99000000',
  })
  expect(await world.json(['alliance', 'status', '1'])).toMatchObject({ participants: [] })
  await expectRefusal(world, [...JOIN.with(1, 'one'), ...data], {
    exit: 2,
    code: 'BAD_ARGUMENT',
    says: '"one" is not the number of an alliance',
  })
})

test('nobody stakes for a place that there is not', async () => {
  const account = await accountOf(world, 'node')
  const { contracts } = await readNetwork(account, { directory: LOCAL_NETWORK })
  const { alliance, stakeManager } = contracts
  const state = await readAlliance(account, { alliance, id: 1n })
  const others = [contracts.dao, contracts.token]
  const entry = {
    ...{ account, contracts, dir: 'node', stake: '1000' },
    peerKey: await loadPeerKey(world.path('node')),
    state: { ...state, participants: others, terms: { ...state.terms, maxParticipants: 2 } },
    scope: allianceScope(alliance, 1n),
  }
  await expect(enterAlliance(entry, new AbortController().signal)).rejects.toMatchObject({
    message: 'alliance 1 has all of its 2 participants',
    info: { fault: 'refused', code: 'ALLIANCE_FULL' },
  })
  const position = { operator: account.address, role: 'alliance', task: state.task } as const
  expect(await readPosition(account, { stakeManager, position })).toBeUndefined()
})

test('what a participant has earned is shown by stake status, and claimed by anybody', async () => {
  const { id } = await playRound()
  const { participants } = await world.json(['alliance', 'status', id])
  const { earned: amount } = (participants as readonly { readonly earned: string }[])[1] ?? {}
  expect(BigInt(amount ?? 0)).toBeGreaterThan(0n)
  const status = ['stake', 'status', '--role', 'alliance', '--task', `alliance:${id}`]
  const unclaimed = { claimable: amount, vesting: '0', command: `fednode alliance claim ${id}` }
  expect(await world.json([...status, '--dir', 'node'])).toMatchObject({
    earned: '0',
    positions: [{ unclaimed }],
  })
  const claim = ['alliance', 'claim', id, '--yes', '--dir']
  expect(await world.json([...claim, 'node', '--dry-run'])).toMatchObject({ dryRun: true, amount })
  const member = (await accountOf(world, 'node')).address.toLowerCase()
  expect(await world.json([...claim, 'operator', '--member', member])).toMatchObject({
    ...{ alliance: id, member, amount },
  })
  expect(await world.json([...status, '--dir', 'node'])).toMatchObject({
    earned: amount,
    positions: [{ unclaimed: { ...unclaimed, claimable: '0' } }],
  })
  // The stake is held by the alliance; what it earned is not.
  const place = ['--role', 'alliance', '--task', `alliance:${id}`, '--dir', 'node', '--yes']
  expect(await world.json(['stake', 'withdraw', '--earned', ...place])).toMatchObject({
    ...{ amount: '0', earned: amount },
  })
  await expectRefusal(world, ['stake', 'withdraw', ...place], {
    ...{ exit: 3, code: 'POSITION_HELD', says: 'fednode alliance resign' },
  })
  await expectRefusal(world, [...claim, 'node'], {
    ...{ exit: 3, code: 'NOTHING_OWED', says: `alliance ${id} owes nothing to 0x` },
  })
})

/** The only round of an alliance of `operator` and `node`, one of whom proposes and the other finds it good. */
async function playRound(): Promise<{ readonly id: string }> {
  const members = await Promise.all(['operator', 'node'].map((name) => accountOf(world, name)))
  const [founder] = members
  if (founder === undefined) throw new TypeError('no founder')
  const { contracts } = await readNetwork(founder, { directory: LOCAL_NETWORK })
  const { alliance } = contracts
  const { id, task } = await foundFor(members, contracts)
  const one = { alliance, id }
  await advanceAlliance(founder, one)
  const { beacon } = contracts
  const { beaconRound } = await readAlliance(founder, one)
  const due = await readBeaconRound(founder, { beacon, round: beaconRound })
  await advanceTime(founder, BigInt(due.dueAt))
  const { point } = localBeaconSigner().sign(due.number)
  await proveBeacon(founder, { beacon, round: due.round, point })
  await advanceAlliance(founder, one)
  const { proposers, voters } = await readAllianceRound(founder, { ...one, round: 1 })
  const seated = ([seat]: typeof voters | typeof proposers) => {
    const found = members.find(({ address }) => address === seat?.account)
    if (found === undefined) throw new TypeError('nobody was drawn')
    return found
  }
  await contributeAlliance(seated(proposers), { ...one, seat: 0, digest: `0x${'c0'.repeat(32)}` })
  await advanceAlliance(founder, one)
  const voter = seated(voters)
  const ballot = {
    digest: `0x${'d0'.repeat(32)}`,
    score: 1,
    approved: 1n,
    lossBefore: 900_000_000n,
    lossAfter: 800_000_000n,
  } as const
  const salt = `0x${'5a'.repeat(32)}` as const
  const commitment = allianceCommitment(ballot, {
    ...{ chainId: BigInt(founder.chainId), contract: alliance, task, round: 1n },
    ...{ voter: voter.address, salt },
  })
  await commitAllianceVote(voter, { ...one, seat: 0, commitment })
  await advanceAlliance(founder, one)
  await revealAllianceVote(voter, { ...one, seat: 0, ballot, salt })
  expect((await advanceAlliance(founder, one)).phase).toBe('finished')
  return { id: String(id) }
}

async function foundFor(members: readonly ChainAccount[], contracts: NetworkContracts) {
  const { alliance, stakeManager } = contracts
  const [founder] = members
  if (founder === undefined) throw new TypeError('no founder')
  const found = await createAlliance(founder, {
    alliance,
    terms: {
      ...{ manifest: `0x${'a0'.repeat(32)}`, model: `0x${'b0'.repeat(32)}` },
      ...{ rounds: 1, minParticipants: 2, maxParticipants: 2, proposers: 1, voters: 1 },
      ...{ contributeWindow: 600, commitWindow: 600, revealWindow: 600 },
      minStake: 1_000n * ONE_TOKEN,
    },
    pool: 100n * ONE_TOKEN,
  })
  const { id, task } = found
  for (const [index, member] of members.entries()) {
    const amount = 1_000n * ONE_TOKEN
    await stake(member, { stakeManager, role: 'alliance', task, amount })
    const peerKey = `0x${String(index + 1).padStart(64, '0')}` as const
    await joinAlliance(member, { alliance, id, peerKey, binding: new Uint8Array(64).fill(1) })
  }
  return { id, task }
}
