import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import {
  claimTree,
  connectRpcSigner,
  formatAmount,
  ONE_TOKEN,
  readNetwork,
  submitRewardRoot,
} from '@fednode/contracts'
import { type Address, erc20Abi } from 'viem'
import { beforeAll, describe, expect, it } from 'vitest'
import { deployLocalNetwork, LOCAL_NETWORK } from '../../../../src/chain/local-network.ts'
import { readAmounts } from '../../../../src/claims/read-amounts.ts'
import { expectRefusal } from '../expect-refusal.ts'
import { useLocalWorld } from '../local-world.ts'
import { accountOf } from '../market-scenario.ts'
import { goTo } from '../network-world.ts'

const world = useLocalWorld(async (deployer) => {
  await deployLocalNetwork(deployer)
})

/** Of LOCAL_DEPLOYER_KEY. */
const DEPLOYER = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'

let alice: Address
let bob: Address

/** Updater and guardian of a local network, who has all of its tokens; its chain signs for it. */
const updater = () => ['--signer', world.rpc, '--account', DEPLOYER]
const fdn = (tokens: number) => String(BigInt(tokens) * ONE_TOKEN)
const rewards = (...words: readonly string[]) => world.json(['rewards', ...words, '--yes'])
const gift = (...words: readonly string[]) => world.json(['gift', ...words, '--yes'])
const digestOf = (file: string) =>
  `0x${createHash('sha256')
    .update(readFileSync(world.path(file)))
    .digest('hex')}`

function write(file: string, amounts: Readonly<Record<string, string>>): void {
  const lines = Object.entries(amounts).map(([account, amount]) => `${account},${amount}\n`)
  writeFileSync(world.path(file), `account,amount\n${lines.join('')}`)
}

beforeAll(async () => {
  for (const name of ['alice', 'bob']) await world.participant(name)
  for (const name of ['alice', 'bob']) {
    await world.json(['chain', 'fund', '--dir', name, '--tokens', '2000'])
  }
  alice = (await accountOf(world, 'alice')).address
  bob = (await accountOf(world, 'bob')).address
  write('first.csv', { [alice]: '100', [bob]: '50.5' })
  write('wrong.csv', { [alice]: '100', [bob]: '900' })
  write('second.csv', { [alice]: '150', [bob]: '50.5' })
})

describe('rewards by roots', () => {
  it('are published by the updater, checked by anybody, and paid once they count', async () => {
    await expectRefusal(world, ['rewards', 'claim', 'first.csv', '--dir', 'alice', '--yes'], {
      ...{ exit: 3, code: 'NO_ROOT', says: 'no root of rewards counts yet' },
    })
    await rewards('fund', '1000', ...updater())
    const publish = ['publish', 'first.csv', ...updater()]
    await expectRefusal(world, ['rewards', 'publish', 'first.csv', '--dir', 'alice', '--yes'], {
      ...{ exit: 3, code: 'ACCESS_MANAGED_UNAUTHORIZED', says: 'for the updater and the guardian' },
    })
    expect(await rewards(...publish, '--dry-run')).toMatchObject({ dryRun: true, epoch: 1 })
    expect(await rewards(...publish)).toMatchObject({
      ...{ epoch: 1, accounts: 2, digest: digestOf('first.csv') },
      total: String((1505n * ONE_TOKEN) / 10n),
    })
    const { pending, active, madeOf } = await world.json(['rewards', 'status', 'first.csv'])
    expect({ active, madeOf }).toEqual({ active: null, madeOf: 1 })
    expect(await world.json(['rewards', 'status', 'second.csv'])).toMatchObject({ madeOf: null })
    await expectRefusal(world, ['rewards', 'claim', 'first.csv', '--dir', 'alice', '--yes'], {
      ...{ exit: 3, code: 'ROOT_WAITING', says: 'is of root 1, which waits until' },
    })
    await expectRefusal(world, ['rewards', 'activate', '--dir', 'bob', '--yes'], {
      ...{ exit: 5, code: 'ROOT_WAITING', says: 'root 1 waits until' },
    })
    await goTo(world, (pending as { activeFrom: number }).activeFrom)
    await rewards('activate', '--dir', 'bob')
    expect(await rewards('claim', 'first.csv', '--dir', 'alice')).toMatchObject({
      ...{ amount: fdn(100), epoch: 1, member: alice.toLowerCase() },
    })
    await expectRefusal(world, ['rewards', 'claim', 'first.csv', '--dir', 'alice', '--yes'], {
      ...{ exit: 3, code: 'NOTHING_DUE', says: 'was paid all of its 100 FDN' },
    })
    await expectRefusal(world, ['rewards', 'claim', 'second.csv', '--dir', 'alice', '--yes'], {
      ...{ exit: 3, code: 'OTHER_AMOUNTS', says: 'is not what root 1 was made of' },
    })
    const forNobody = ['rewards', 'claim', 'first.csv', '--member', `0x${'11'.repeat(20)}`]
    await expectRefusal(world, [...forNobody, '--dir', 'alice', '--yes'], {
      ...{ exit: 3, code: 'NOT_IN_AMOUNTS', says: 'has nothing for 0x1111' },
    })
  })

  it('wait longer when somebody bonds on it, and never count when the guardian revokes them', async () => {
    write('more.csv', { [alice]: '9000' })
    await expectRefusal(world, ['rewards', 'publish', 'more.csv', ...updater(), '--yes'], {
      ...{
        exit: 2,
        code: 'ROOT_TOTAL',
        says: 'fednode rewards fund  adds to what a root may give',
      },
    })
    await rewards('publish', 'wrong.csv', ...updater())
    expect(await rewards('challenge', 'second.csv', '--dir', 'alice')).toMatchObject({
      ...{ epoch: 2, bond: fdn(1_000), evidence: digestOf('second.csv') },
    })
    const { challenge } = await world.json(['rewards', 'status'])
    expect(challenge).toMatchObject({ challenger: alice, bond: fdn(1_000) })
    await expectRefusal(world, ['rewards', 'publish', 'second.csv', ...updater(), '--yes'], {
      ...{ exit: 5, code: 'ROOT_PENDING', says: 'fednode rewards activate  lets it count' },
    })
    const { stdout } = await world.run(['rewards', 'revoke', ...updater(), '--yes'])
    expect(stdout).toContain('it never counts')
    expect(stdout).not.toContain('waits')
    await expectRefusal(world, ['rewards', 'revoke', ...updater(), '--yes'], {
      ...{ exit: 3, code: 'NO_ROOT_PENDING', says: 'no root of rewards waits' },
    })
    expect(await rewards('withdraw', '--dir', 'alice')).toMatchObject({ amount: fdn(1_000) })
    await expectRefusal(world, ['rewards', 'withdraw', '--dir', 'alice', '--yes'], {
      ...{ exit: 3, code: 'NOTHING_DUE', says: 'the rewards owe nothing to' },
    })
  })

  it('pay the difference by the next root, whose number a revoked one has used up', async () => {
    expect(await rewards('publish', 'second.csv', ...updater())).toMatchObject({
      ...{ epoch: 3, added: fdn(50) },
    })
    const { pending } = await world.json(['rewards', 'status'])
    await goTo(world, (pending as { activeFrom: number }).activeFrom)
    await rewards('activate', '--dir', 'alice')
    const forAlice = ['claim', 'second.csv', '--member', alice, '--dir', 'bob']
    expect(await rewards(...forAlice)).toMatchObject({ amount: fdn(50), earned: fdn(150) })
    const { paid, funded } = await world.json(['rewards', 'status'])
    expect({ paid, funded }).toEqual({ paid: fdn(150), funded: fdn(1_000) })
  })

  it('are not made of a table whose sum they do not have', async () => {
    const reader = await accountOf(world, 'alice')
    const { rewards: contract } = (await readNetwork(reader, { directory: LOCAL_NETWORK }))
      .contracts
    write('third.csv', { [alice]: '200', [bob]: '50.5' })
    const { lines } = await readAmounts(world.path('third.csv'))
    const { root, total } = claimTree({ chainId: reader.chainId, contract, number: 4n }, lines)
    const deployer = await connectRpcSigner({
      rpcUrl: world.rpc,
      signerUrl: world.rpc,
      address: DEPLOYER,
    })
    const digest = `0x${'4'.repeat(64)}` as const
    await submitRewardRoot(deployer, { rewards: contract, root, total: total - 1n, digest })
    expect(await world.json(['rewards', 'status', 'third.csv'])).toMatchObject({
      ...{ madeOf: null, pending: { epoch: 4, total: String(total - 1n) } },
    })
  })
})

describe('gifts', () => {
  it('are taken once, as far as the host has and allows the tokens', async () => {
    const reader = await accountOf(world, 'alice')
    const { contracts } = await readNetwork(reader, { directory: LOCAL_NETWORK })
    write('parts.csv', { [alice]: '3', [bob]: '4' })
    const offer = ['offer', 'parts.csv', '--token', contracts.token, '--days', '2', '--dir', 'bob']
    expect(await gift(...offer, '--dry-run')).toMatchObject({ dryRun: true, gift: '1' })
    expect(await gift(...offer)).toMatchObject({ gift: '1', total: fdn(7), accounts: 2 })
    expect((await world.json(['gift', 'list'])).gifts).toMatchObject([
      { gift: '1', left: fdn(7), covered: fdn(7), data: digestOf('parts.csv') },
    ])
    const take = ['take', '1', 'parts.csv', '--dir', 'alice']
    expect(await gift(...take)).toMatchObject({ amount: fdn(3), member: alice.toLowerCase() })
    await expectRefusal(world, ['gift', ...take, '--yes'], {
      ...{ exit: 5, code: 'GIFT_TAKEN_BEFORE', says: 'has taken its part of gift 1' },
    })
    await expectRefusal(world, ['gift', 'take', '9', 'parts.csv', '--dir', 'alice', '--yes'], {
      ...{ exit: 2, code: 'UNKNOWN_GIFT', says: 'there is no gift 9' },
    })
    await expectRefusal(world, ['gift', 'take', '1', 'first.csv', '--dir', 'alice', '--yes'], {
      ...{ exit: 3, code: 'OTHER_AMOUNTS', says: 'is not what gift 1 was made of' },
    })
    // What is not taken yet is the host's to spend.
    const balance = await reader.public.readContract({
      ...{ address: contracts.token, abi: erc20Abi },
      ...{ functionName: 'balanceOf', args: [bob] },
    })
    await rewards('fund', formatAmount(balance - 2n * ONE_TOKEN), '--dir', 'bob')
    await expectRefusal(world, ['gift', 'take', '1', 'parts.csv', '--dir', 'bob', '--yes'], {
      ...{ exit: 3, code: 'NOT_COVERED', says: 'has or allows 2 tokens only, not 4' },
    })
    // That the host is short is not why somebody has no more.
    await expectRefusal(world, ['gift', ...take, '--yes'], {
      ...{ exit: 5, code: 'GIFT_TAKEN_BEFORE', says: 'has taken its part of gift 1' },
    })
    const [{ until }] = (await world.json(['gift', 'list'])).gifts as [{ until: number }]
    await goTo(world, until)
    await expectRefusal(world, ['gift', 'take', '1', 'parts.csv', '--dir', 'bob', '--yes'], {
      ...{ exit: 5, code: 'GIFT_OVER', says: 'gift 1 was there until' },
    })
  })
  it('are drafted by what each delegator has active', async () => {
    const position = ['--role', 'validator', '--task', 'arena:1']
    const draft = ['gift', 'draft', '100', '--operator', alice, ...position, '--out', 'drafted.csv']
    await expectRefusal(world, draft, {
      ...{ exit: 3, code: 'NO_DELEGATORS', says: 'fednode stake delegate  without AMOUNT' },
    })
    for (const name of ['alice', 'bob']) {
      await world.json(['chain', 'fund', '--dir', name, '--tokens', '6000'])
    }
    await world.json(['stake', 'add', '3500', ...position, '--dir', 'alice', '--yes'])
    const to = ['--operator', alice, ...position, '--yes']
    const { activeFrom } = await world.json(['stake', 'delegate', '300', ...to, '--dir', 'bob'])
    await goTo(world, activeFrom)
    await world.json(['stake', 'delegate', ...to, '--dir', 'bob'])
    expect(await world.json(draft)).toMatchObject({ accounts: 1, total: fdn(100) })
    const text = readFileSync(world.path('drafted.csv'), 'utf8')
    expect(text).toBe(`account,amount\n${bob.toLowerCase()},100\n`)
    const token = ['--token', LOCAL_NETWORK, '--days', '1', '--dir', 'alice', '--yes']
    await expectRefusal(world, ['gift', 'offer', 'drafted.csv', ...token], {
      ...{ exit: 2, code: 'NOT_A_TOKEN', says: 'is no token with a symbol and decimals' },
    })
  })
})
