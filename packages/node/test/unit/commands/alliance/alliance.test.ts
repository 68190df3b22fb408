import { readFileSync, writeFileSync } from 'node:fs'
import { ONE_TOKEN, readAlliance, readNetwork, readPosition } from '@fednode/contracts'
import { allianceScope } from '@fednode/protocol'
import { beforeAll, expect, test } from 'vitest'
import { deployLocalNetwork, LOCAL_NETWORK } from '../../../../src/chain/local-network.ts'
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
    code: 'INVALID_PARAM',
    says: 'voters',
  })
  await expectRefusal(world, ['alliance', 'status', '9'], {
    exit: 2,
    code: 'UNKNOWN_ALLIANCE',
    says: 'there is no alliance 9',
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
    says: 'it asks for 1000',
  })
  await expectRefusal(world, [...agreed, '--stake', '999'], {
    exit: 3,
    code: 'STAKE_TOO_LOW',
    says: '999 more with --stake',
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
    scope: allianceScope(`0x${alliance.slice(2).toLowerCase()}`, 1n),
  }
  await expect(enterAlliance(entry, new AbortController().signal)).rejects.toMatchObject({
    message: 'alliance 1 has all of its 2 participants',
    info: { fault: 'refused', code: 'ALLIANCE_FULL' },
  })
  const position = { operator: account.address, role: 'alliance', task: state.task } as const
  expect(await readPosition(account, { stakeManager, position })).toBeUndefined()
})
