import { ONE_TOKEN, readNetwork } from '@fednode/contracts'
import { beforeAll, expect, test } from 'vitest'
import { deployLocalNetwork, LOCAL_NETWORK } from '../../../../src/chain/local-network.ts'
import { taskNumber } from '../../../../src/commands/stake/stake-place.ts'
import { expectRefusal } from '../expect-refusal.ts'
import { useLocalWorld } from '../local-world.ts'
import { accountOf } from '../market-scenario.ts'
import { goTo, makeSlasher, rewardCreator, slashValidator } from '../network-world.ts'

let deployed: string
const world = useLocalWorld(async (deployer) => {
  deployed = await deployLocalNetwork(deployer)
})

const PLACE = ['--role', 'validator', '--task', 'arena:3']
/** IStakeManager's Reason. */
const [MISSED_REVEAL, EQUIVOCATION] = [0, 3]
let operator: `0x${string}`

type Standing = Record<string, unknown> & {
  readonly holdings: readonly [
    {
      readonly sharePrice: string
      readonly delegation: Record<string, string | number>
      readonly thaws: readonly { readonly tokens: string; readonly readyAt: number }[]
    },
  ]
}

beforeAll(async () => {
  for (const name of ['validator', 'investor']) await world.participant(name)
  operator = (await accountOf(world, 'validator')).address
})

const stake = (...words: readonly string[]) => world.json(['stake', ...words, '--yes'])

async function statusOf(name: string, ...more: readonly string[]): Promise<Standing> {
  const { positions } = await world.json(['stake', 'status', '--dir', name, ...more])
  return (positions as readonly Standing[])[0] as Standing
}

test('the local network is where every command looks for it', () => {
  expect(deployed).toBe(LOCAL_NETWORK)
})

test('stake goes in, is delegated to, slashed and taken out, by command', async () => {
  const added = await stake('add', '3000', ...PLACE, '--dir', 'validator')
  expect(added).toMatchObject({
    position: 'validator of arena:3',
    amount: String(3_000n * ONE_TOKEN),
  })
  expect(await statusOf('validator')).toMatchObject({
    own: String(3_000n * ONE_TOKEN),
    weight: String(3_000n * ONE_TOKEN),
  })

  const to = [...PLACE, '--operator', operator, '--dir', 'investor']
  const { activeFrom } = await stake('delegate', '100', ...to)
  expect((await statusOf('investor')).holdings[0].delegation).toMatchObject({
    pending: String(100n * ONE_TOKEN),
    activeFrom,
  })
  await expectRefusal(world, ['stake', 'delegate', ...to, '--yes'], {
    exit: 3,
    code: 'ACTIVATION_TOO_EARLY',
    says: 'the delegation can become active at',
  })
  await goTo(world, activeFrom)
  await stake('delegate', ...to)
  expect((await statusOf('investor')).holdings[0]).toMatchObject({
    sharePrice: String(ONE_TOKEN),
    delegation: { tokens: String(100n * ONE_TOKEN), pending: '0' },
  })

  const slasher = await accountOf(world, 'operator')
  await makeSlasher(slasher)
  const network = await readNetwork(slasher, { directory: LOCAL_NETWORK })
  const task = taskNumber(network, { owner: 'arena', number: 3n })
  await slashValidator(slasher, { operator, task, reason: MISSED_REVEAL })
  await slashValidator(slasher, { operator, task, reason: EQUIVOCATION })
  const after = await statusOf('investor')
  expect(after.slashes).toMatchObject([
    // A hundredth of the own stake; then all of it, and a tenth of what is delegated.
    { reason: 'missed-reveal', own: String(30n * ONE_TOKEN), delegated: '0' },
    {
      reason: 'equivocation',
      own: String(2_970n * ONE_TOKEN),
      delegated: String(10n * ONE_TOKEN),
    },
  ])
  expect(after.holdings[0].sharePrice).toBe(String((9n * ONE_TOKEN) / 10n))

  const undone = await stake('undelegate', ...to)
  expect(undone.amount).toBe(String(90n * ONE_TOKEN))
  await expectRefusal(world, ['stake', 'withdraw', ...to, '--yes'], {
    exit: 3,
    code: 'NOTHING_THAWED',
    says: 'nothing has thawed before',
  })
  await goTo(world, undone.readyAt)
  expect(await stake('withdraw', ...to)).toMatchObject({ amount: String(90n * ONE_TOKEN) })
  expect((await statusOf('investor')).holdings[0].delegation).toMatchObject({ tokens: '0' })
})

test('own stake thaws, with its date in the status, and is paid after it', async () => {
  const place = ['--role', 'task-creator', '--task', 'arena:4', '--dir', 'validator']
  await stake('add', '4000', ...place)
  const { readyAt } = await stake('withdraw', '500', ...place)
  const [role, taskOf] = [place.slice(0, 2), place.slice(2, 4)]
  const standing = await statusOf('validator', ...role, ...taskOf)
  expect(standing.holdings[0].thaws).toEqual([{ tokens: String(500n * ONE_TOKEN), readyAt }])
  const shown = await world.run(['stake', 'status', '--dir', 'validator', ...role])
  expect(shown.stdout).toMatch(/thawing {7}500\.00 FDN, ready \d{4}-\d\d-\d\dT/)
  await goTo(world, readyAt)
  expect(await stake('withdraw', ...place)).toMatchObject({ amount: String(500n * ONE_TOKEN) })
})

test('a commission rises after a notice, which the status shows, and not twice in 30 days', async () => {
  const place = ['--role', 'alliance', '--task', 'alliance:0', '--dir', 'validator']
  await stake('add', '200', ...place)
  await stake('commission', '500', ...place)
  const to = [...place.slice(0, 4), '--operator', operator, '--dir', 'investor']
  const { activeFrom } = await stake('delegate', '50', ...to)
  await goTo(world, activeFrom)
  await stake('delegate', ...to)
  const risen = await stake('commission', '700', ...place)
  expect(await statusOf('validator', ...place.slice(0, 4))).toMatchObject({
    commission: 500,
    nextCommission: { bps: 700, from: risen.from },
  })
  await expectRefusal(world, ['stake', 'commission', '800', ...place, '--yes'], {
    exit: 3,
    code: 'COMMISSION_TOO_SOON',
    says: 'a commission rises once in 30 days',
  })
})

test('what waits to be active comes back at once, and what was earned is collected', async () => {
  const to = ['--role', 'task-creator', '--task', 'arena:4', '--operator', operator]
  const mine = [...to, '--dir', 'investor']
  const before = (await world.json(['stake', 'status', '--dir', 'investor'])).balance
  await stake('delegate', '40', ...mine)
  expect(await stake('delegate', '--cancel', ...mine)).toMatchObject({
    amount: String(40n * ONE_TOKEN),
  })
  expect((await world.json(['stake', 'status', '--dir', 'investor'])).balance).toBe(before)
  await expectRefusal(world, ['stake', 'delegate', '--cancel', ...mine, '--yes'], {
    exit: 2,
    code: 'NOTHING_PENDING',
    says: 'no delegation waits',
  })

  const slasher = await accountOf(world, 'operator')
  await makeSlasher(slasher)
  const network = await readNetwork(slasher, { directory: LOCAL_NETWORK })
  const task = taskNumber(network, { owner: 'arena', number: 4n })
  await rewardCreator(slasher, { operator, task, amount: 7n * ONE_TOKEN })
  const place = ['--role', 'task-creator', '--task', 'arena:4', '--dir', 'validator']
  expect(await world.json(['stake', 'status', '--dir', 'validator'])).toMatchObject({
    earned: String(7n * ONE_TOKEN),
  })
  // Something thaws, and has not thawed: what was earned is paid all the same.
  await stake('withdraw', '100', ...place)
  expect(await stake('withdraw', '--earned', ...place)).toMatchObject({
    amount: '0',
    earned: String(7n * ONE_TOKEN),
  })
  expect(await world.json(['stake', 'status', '--dir', 'validator'])).toMatchObject({ earned: '0' })
})

test('what staking refuses is said in a sentence, with an exit code and nothing done', async () => {
  const mine = ['--dir', 'investor', '--yes']
  await expectRefusal(world, ['stake', 'add', '5', ...PLACE, ...mine], {
    exit: 2,
    code: 'STAKE_BELOW_MIN',
    says: 'the position would hold 5 FDN, its role needs 3000 FDN',
  })
  await expectRefusal(world, ['stake', 'add', '900000', ...PLACE, ...mine], {
    exit: 2,
    code: 'INSUFFICIENT_BALANCE',
    says: 'of token FDN, not 900000',
  })
  await expectRefusal(world, ['stake', 'add', '3000', ...PLACE, '--dir', 'investor'], {
    exit: 3,
    code: 'NOT_CONFIRMED',
    says: '--yes',
  })
  await expectRefusal(world, ['stake', 'add', '3000', '--role', 'judge', '--task', 'arena:3'], {
    exit: 2,
    code: 'BAD_OPTION',
    says: 'task-creator, training-node, validator, alliance',
  })
  await expectRefusal(world, ['stake', 'withdraw', '1', ...PLACE, ...mine], {
    exit: 2,
    code: 'POSITION_UNKNOWN',
    says: 'nobody ever staked in this position',
  })
  const to = [...PLACE, '--operator', operator, ...mine]
  await expectRefusal(world, ['stake', 'undelegate', '1', ...to], {
    exit: 2,
    code: 'NOT_DELEGATED',
    says: '0 are delegated there and active',
  })
  await expectRefusal(world, ['stake', 'delegate', '0.5', ...to], {
    exit: 2,
    code: 'DELEGATION_BELOW_MIN',
    says: 'a delegation is at least 1 FDN, not 0.5 FDN',
  })
  await expectRefusal(world, ['stake', 'status', '--network', operator, '--dir', 'investor'], {
    exit: 5,
    code: 'NO_CONTRACT',
    says: 'there is no contract at',
  })
})

test('every command that stakes can be tried without sending', async () => {
  const place = ['--role', 'task-creator', '--task', 'arena:4', '--dir', 'validator', '--dry-run']
  const account = await accountOf(world, 'validator')
  const nonce = () => account.public.getTransactionCount({ address: account.address })
  const before = await nonce()
  const tried = [
    await world.json(['stake', 'add', '10', ...place]),
    await world.json(['stake', 'withdraw', '10', ...place]),
    await world.json(['stake', 'commission', '100', ...place]),
  ]
  for (const one of tried) {
    expect(one).toMatchObject({ dryRun: true, position: 'task-creator of arena:4' })
    expect(BigInt(String(one.gasUsed))).toBeGreaterThan(20_000n)
  }
  expect(await nonce()).toBe(before)
})
