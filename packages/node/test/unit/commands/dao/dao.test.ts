import { readFileSync } from 'node:fs'
import { formatAmount, ONE_TOKEN } from '@fednode/contracts'
import { beforeAll, expect, test } from 'vitest'
import { deployLocalNetwork } from '../../../../src/chain/local-network.ts'
import { expectRefusal } from '../expect-refusal.ts'
import { useLocalWorld } from '../local-world.ts'
import { accountOf } from '../market-scenario.ts'
import { goTo } from '../network-world.ts'

const world = useLocalWorld(deployLocalNetwork)

type Listed = Record<string, string | Record<string, string>>
type Parameter = Record<'name' | 'unit' | 'value' | 'min' | 'max', string>

beforeAll(async () => {
  await world.participant('member')
  await world.participant('other')
  // The quorum is 4 % of 100,000,000.
  await world.json(['chain', 'fund', '--dir', 'member', '--tokens', '5000000'])
  await world.json(['dao', 'delegate', '--dir', 'member', '--yes'])
  const { public: chain } = await accountOf(world, 'member')
  await goTo(world, (await chain.getBlock()).timestamp + 10n)
})

const dao = (...words: readonly string[]) =>
  world.json(['dao', ...words, '--dir', 'member', '--yes'])

async function listed(): Promise<readonly Listed[]> {
  return (await world.json(['dao', 'list'])).proposals as readonly Listed[]
}

async function parameter(name: string): Promise<Parameter | undefined> {
  const { parameters } = await world.json(['dao', 'params'])
  return (parameters as readonly Parameter[]).find((one) => one.name === name)
}

test('a parameter is changed by a proposal, a vote, the timelock and its execution, by command', async () => {
  expect(await parameter('stake.min-validator')).toEqual({
    name: 'stake.min-validator',
    unit: 'tokens',
    value: '3000',
    min: '1',
    max: '100000',
  })
  const made = await dao('propose', 'stake.min-validator', '2500', '--why', 'more validators')
  const id = String(made.proposal)
  const number = id.slice(0, 10)
  expect(made).toMatchObject({ from: '3000', to: '2500', stake: String(10_000n * ONE_TOKEN) })
  expect(await listed()).toMatchObject([
    { proposal: id, state: 'pending', calls: ['stake.min-validator: 3,000 FDN -> 2,500 FDN'] },
  ])
  await expectRefusal(world, ['dao', 'vote', number, 'for', '--dir', 'member', '--yes'], {
    exit: 5,
    code: 'GOVERNOR_UNEXPECTED_PROPOSAL_STATE',
    says: 'not now: the proposal',
  })
  await goTo(world, BigInt(String(made.votesFrom)) + 1n)
  await expectRefusal(world, ['dao', 'vote', number, 'for', '--dir', 'other', '--yes'], {
    exit: 3,
    code: 'NO_VOTES',
    says: 'had no votes when proposal',
  })
  expect(await dao('vote', number, 'for')).toMatchObject({
    vote: 'for',
    weight: String(5_020_000n * ONE_TOKEN),
  })
  await expectRefusal(world, ['dao', 'vote', number, 'against', '--dir', 'member', '--yes'], {
    exit: 2,
    code: 'GOVERNOR_ALREADY_CAST_VOTE',
    says: 'has voted',
  })
  await expectRefusal(world, ['dao', 'queue', number, '--dir', 'other', '--yes'], {
    exit: 5,
    code: 'GOVERNOR_UNEXPECTED_PROPOSAL_STATE',
    says: 'not now: the proposal',
  })
  await goTo(world, BigInt(String(made.votesUntil)) + 100n)
  const { executableFrom } = await dao('queue', number)
  expect(await listed()).toMatchObject([{ state: 'queued', executableFrom }])
  await goTo(world, executableFrom)
  await dao('execute', number)
  expect(await parameter('stake.min-validator')).toMatchObject({ value: '2500' })
  expect(await dao('refund', number)).toMatchObject({
    ...{ returned: String(10_000n * ONE_TOKEN), toTreasury: '0', burned: '0' },
  })
  expect(await listed()).toMatchObject([{ state: 'executed', stake: '0' }])
})

test('a scam is flagged, its vote ended, and its stake burned', async () => {
  const made = await dao('propose', 'models.dao-share', '2000', '--why', 'all to me')
  const number = String(made.proposal).slice(0, 10)
  const [from, until] = [BigInt(String(made.votesFrom)), BigInt(String(made.votesUntil))]
  await goTo(world, from + (until - from) / 2n + 1n)
  expect(await dao('flag', number)).toMatchObject({ vote: 'scam' })
  await dao('flag', number, '--end')
  expect(await dao('refund', number)).toMatchObject({ burned: String(10_000n * ONE_TOKEN) })
  const [, scam] = await listed()
  expect(scam).toMatchObject({ state: 'defeated', stake: '0' })
  await expectRefusal(world, ['dao', 'refund', number, '--dir', 'member', '--yes'], {
    exit: 2,
    code: 'NOTHING_STAKED',
    says: 'nothing is staked on this proposal',
  })
  const again = ['dao', 'propose', 'models.dao-share', '2000', '--why', 'all to me']
  await expectRefusal(world, [...again, '--dir', 'member', '--yes'], {
    exit: 3,
    code: 'PROPOSED_BEFORE',
    says: 'the same was proposed before, word by word',
  })
  const shown = await world.run(['dao', 'list'])
  expect(shown.stdout).toContain('models.dao-share')
  expect(shown.stdout).toContain('who says: models.dao-share: ')
})

test('several changes and any call are one proposal, tried out as the timelock would make them', async () => {
  const changes = ['alliance.missed=120', 'alliance.outlier=60', 'arena.locked=8000']
  const flags = changes.flatMap((one) => ['--change', one])
  const call = ['--call', 'taskEmission.addTask(arena:1)']
  const wanted = ['dao.voting-period', '3600', ...flags, ...call]
  const foretold = await dao('propose', ...wanted, '--dry-run')
  const says = [
    'dao.voting-period: 2 minutes -> 1 hour',
    'alliance.missed: 1.00 % -> 1.20 %',
    'alliance.outlier: 0.50 % -> 0.60 %',
    'arena.locked: 90.00 % -> 80.00 %',
    'taskEmission.addTask(arena:1)',
  ]
  expect(foretold).toMatchObject({
    dryRun: true,
    changes: says,
    tried: 'all but 1 of the Dao itself would succeed now',
  })
  expect(foretold.calls).toHaveLength(4)
  const made = await dao('propose', ...wanted)
  const number = String(made.proposal).slice(0, 10)
  await goTo(world, BigInt(String(made.votesFrom)) + 1n)
  await dao('vote', number, 'for')
  await goTo(world, BigInt(String(made.votesUntil)) + 100n)
  const { executableFrom } = await dao('queue', number)
  await goTo(world, executableFrom)
  await dao('execute', number)
  for (const change of [...changes, 'dao.voting-period=3600']) {
    const [name = '', value] = change.split('=')
    expect(await parameter(name)).toMatchObject({ value })
  }
  await expectRefusal(world, ['dao', 'propose', ...call, '--dir', 'member', '--yes'], {
    exit: 3,
    code: 'CALL_FAILS',
    says: 'change 1 would fail: ',
  })
  expect(await dao('propose', ...call, '--untried')).toMatchObject({ tried: 'not tried out' })
})

test('every parameter of docs/NETWORK.md is proposed by its name', async () => {
  const document = readFileSync(
    new URL('../../../../../../docs/NETWORK.md', import.meta.url),
    'utf8',
  )
  const names = [...document.matchAll(/^\| ([a-z]+\.[a-z-]+) \| /gm)].map(([, name]) =>
    String(name),
  )
  expect(names.length).toBeGreaterThan(40)
  const parameters = (await world.json(['dao', 'params'])).parameters as readonly Parameter[]
  const changes = names.map((name) => {
    const { min = '', max = '', value, unit } = parameters.find((one) => one.name === name) ?? {}
    const wanted = BigInt(value === max ? min : max)
    return `${name}=${unit === 'wei' || unit === 'fixed' ? formatAmount(wanted) : wanted}`
  })
  const flags = changes.flatMap((one) => ['--change', one])
  const foretold = await dao('propose', ...flags, '--dry-run')
  const says = foretold.changes as readonly string[]
  expect(says.map((one) => one.split(':')[0]).toSorted()).toEqual(names.toSorted())
  expect(says.every((one) => one.includes(' -> '))).toBe(true)
})

test('parameters are shown with bounds, and who changes them', async () => {
  const { stdout } = await world.run(['dao', 'params'])
  expect(stdout).toMatch(/^stake\.thawing +1 hour +3600 +3600 +2592000 +seconds$/m)
  expect(stdout).toMatch(/^lock\.slope /m)
  expect(stdout).toContain('Only a proposal changes them')
  expect((await world.json(['dao', 'params'])).changedBy).toMatchObject({ role: 'governance' })
})

test('what governance refuses is said in a sentence, with an exit code', async () => {
  const mine = ['--dir', 'other', '--yes']
  await expectRefusal(world, ['dao', 'propose', 'stake.nothing', '1', ...mine], {
    exit: 2,
    code: 'UNKNOWN_PARAMETER',
    says: 'fednode dao params',
  })
  await expectRefusal(world, ['dao', 'propose', 'stake.claim-fee', '101', ...mine], {
    exit: 2,
    code: 'BAD_VALUE',
    says: 'stake.claim-fee is 0 to 100 (bps), not "101"',
  })
  const refused = [
    [['stake.claim-fee'], 'BAD_OPTION', 'says not what the parameter should be'],
    [['--change', 'stake.claim-fee'], 'BAD_OPTION', 'says not what the parameter should be'],
    [[], 'BAD_OPTION', 'nothing is proposed'],
    [['stake.claim-fee', '1', '--change', 'stake.claim-fee=2'], 'BAD_OPTION', 'named twice'],
    [['--call', 'token.mint(0x12, 5)'], 'BAD_CALL', 'token.mint: to is address, not "0x12"'],
    [['--call', 'mint'], 'BAD_CALL', 'is no call such as'],
  ] as const
  for (const [words, code, says] of refused) {
    await expectRefusal(world, ['dao', 'propose', ...words, ...mine], { exit: 2, code, says })
  }
  await expectRefusal(world, ['dao', 'vote', '12345', 'for', ...mine], {
    exit: 2,
    code: 'UNKNOWN_PROPOSAL',
    says: 'no proposal 12345 was made in this network',
  })
  await world.json(['init', '--dir', 'poor'])
  await world.json(['chain', 'fund', '--dir', 'poor', '--tokens', '1'])
  const poor = ['--dir', 'poor', '--yes']
  await expectRefusal(world, ['dao', 'propose', 'stake.claim-fee', '10', ...poor], {
    exit: 2,
    code: 'INSUFFICIENT_BALANCE',
    says: 'not 10000',
  })
})

test('every command of governance can be tried without sending', async () => {
  const account = await accountOf(world, 'member')
  const nonce = () => account.public.getTransactionCount({ address: account.address })
  const before = await nonce()
  const tried = [
    await dao('propose', 'stake.claim-fee', '10', '--dry-run'),
    await dao('delegate', '--dry-run'),
  ]
  for (const one of tried) {
    expect(one).toMatchObject({ dryRun: true })
    expect(BigInt(String(one.gasUsed))).toBeGreaterThan(20_000n)
  }
  expect(await nonce()).toBe(before)
})
