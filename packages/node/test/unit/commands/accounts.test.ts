import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { ONE_TOKEN, parseAddress } from '@fednode/contracts'
import { beforeAll, expect, test } from 'vitest'
import { LOCAL_ORCHESTRATOR } from '../../../src/chain/local-deployment.ts'
import { accountAddress } from '../../../src/identity/account-address.ts'
import { decryptKeystore } from '../../../src/identity/keystore/decrypt-keystore.ts'
import { encryptKeystore } from '../../../src/identity/keystore/encrypt-keystore.ts'
import { readKeystore } from '../../../src/identity/keystore/read-keystore.ts'
import { expectRefusal } from './expect-refusal.ts'
import { useLocalWorld } from './local-world.ts'
import { accountOf, marketScenario, tracesOf } from './market-scenario.ts'

const world = useLocalWorld()
/** The second development account; its checksum is right. */
const SOMEBODY = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
let scenario: `0x${string}`
/** Of the key in vault.json, which the password in the file `password` opens. */
let account: `0x${string}`

type Json = Record<string, unknown>

beforeAll(async () => {
  for (const name of ['a', 'b']) await world.participant(name)
  scenario = await marketScenario(world, ['a', 'b'])
  const secret = new Uint8Array(32).fill(7)
  account = accountAddress(`0x${Buffer.from(secret).toString('hex')}`, '')
  const cheap = { n: 2, r: 8, p: 1 }
  const keystore = await encryptKeystore({ secret, address: account }, 'correct horse', cheap)
  writeFileSync(world.path('vault.json'), keystore, { mode: 0o600 })
  writeFileSync(world.path('password'), 'correct horse\n', { mode: 0o600 })
  writeFileSync(world.path('wrong'), 'incorrect\n', { mode: 0o600 })
})

test('a transfer is tried, asked, and done; what is sent is what the other has', async () => {
  const send = (asset: string, ...more: readonly string[]) =>
    ['chain', 'transfer', scenario, asset, '1.5', '--to', SOMEBODY, '--dir', 'a', ...more] as const
  const before = await tracesOf(world, scenario, 'a')
  expect(await world.json(send('a', '--dry-run'))).toMatchObject({ dryRun: true, asset: 'a' })
  const asked = await world.run(send('a'))
  expect([asked.code, asked.stderr]).toEqual([3, expect.stringContaining('send 1.5 tokens of a')])
  expect(await tracesOf(world, scenario, 'a')).toEqual(before)
  for (const asset of ['CUR', 'LP', 'a']) await world.json(send(asset, '--yes'))
  const held = ['market', 'portfolio', scenario, '--holder', SOMEBODY]
  const balance = String((3n * ONE_TOKEN) / 2n)
  expect(await world.json(held)).toMatchObject({
    currency: { balance },
    lp: { balance },
    tokens: [{ balance }, { balance: '0' }],
  })
})

test.each([
  [
    'a typing error in the address',
    'a',
    '1',
    SOMEBODY.replace(/8$/, '9'),
    'BAD_ADDRESS',
    'wrong checksum',
  ],
  ['half an address', 'a', '1', '0x7099', 'BAD_ADDRESS', 'is not 0x and 40 hex digits'],
  ['nobody', 'a', '1', `0x${'0'.repeat(40)}`, 'BAD_RECIPIENT', 'the zero address'],
  ['more than one has', 'a', '1000000', SOMEBODY, 'INSUFFICIENT_BALANCE', 'you own '],
  ['another’s token', 'b', '1', SOMEBODY, 'INSUFFICIENT_BALANCE', 'you own 0 tokens of b, not 1'],
  ['an unknown token', 'c', '1', SOMEBODY, 'UNKNOWN_ASSET', 'There are: CUR, LP, a, b'],
  ['wei instead of tokens', 'a', '1000000000000000000', SOMEBODY, 'BAD_AMOUNT', 'Did you mean 1?'],
])('a transfer of %s is refused', async (_, asset, amount, to, code, says) => {
  const argv = ['chain', 'transfer', scenario, asset, amount, '--to', to, '--dir', 'a', '--yes']
  await expectRefusal(world, argv, { exit: 2, code, says })
})

test('a transfer to the federation’s own contracts and to oneself is refused', async () => {
  const { pool, tokens, currency } = await world.json(['market', 'price', scenario])
  const token = (tokens as readonly Json[])[1]?.token
  const own = (await accountOf(world, 'a')).address
  for (const to of [scenario, LOCAL_ORCHESTRATOR, pool, token, (currency as Json).token, own]) {
    const argv = [
      'chain',
      'transfer',
      scenario,
      'a',
      '1',
      '--to',
      String(to),
      '--dir',
      'a',
      '--yes',
    ]
    await expectRefusal(world, argv, {
      exit: 2,
      code: 'BAD_RECIPIENT',
      says: `${parseAddress(String(to))} is `,
    })
  }
})

test('an encrypted key acts with its password, and a dry run without', async () => {
  const made = await world.json(['init', '--dir', 'vault', '--keystore', 'vault.json'])
  expect(made).toMatchObject({ account, created: ['peer.key'] })
  await world.json(['chain', 'fund', '--dir', 'vault', '--password-file', 'password'])
  const buy = ['market', 'buy', scenario, 'a', '10', '--dir', 'vault', '--yes']
  expect(await world.json([...buy, '--dry-run'])).toMatchObject({ dryRun: true })
  await expectRefusal(world, buy, { exit: 2, code: 'PASSWORD_NEEDED', says: '--password-file' })
  await expectRefusal(world, [...buy, '--password-file', 'wrong'], {
    exit: 2,
    code: 'WRONG_PASSWORD',
    says: 'vault.json: the password is wrong',
  })
  const bought = await world.run([...buy, '--password-file', 'password', '--json'])
  expect(bought.code).toBe(0)
  expect(bought.stdout + bought.stderr).not.toContain('correct horse')
  expect(await world.json(['market', 'portfolio', scenario, '--dir', 'vault'])).toMatchObject({
    holder: account,
  })
})

test('whoever takes part does so with the account that is named, not with the one in the directory', async () => {
  const { scenario: federation } = await world.federation({})
  const vault = ['--keystore', 'vault.json', '--dir', 'operator']
  const join = ['join', federation, '--data', 'a.csv', '--name', 'v', ...vault]
  await expectRefusal(world, join, { exit: 2, code: 'PASSWORD_NEEDED', says: '--password-file' })
  const run = ['aggregator', 'run', '--scenario', federation, '--data', 'validation.csv', ...vault]
  await expectRefusal(world, [...run, '--password-file', 'password'], {
    exit: 3,
    code: 'NOT_FEDERATOR',
    says: `not ${account}`,
  })
})

test('T42: init writes an encrypted key and none in clear', async () => {
  writeFileSync(world.path('new'), 'battery staple\n', { mode: 0o600 })
  const init = ['init', '--dir', 'safe', '--keystore', 'safe/account.json']
  await expectRefusal(world, init, { exit: 2, code: 'PASSWORD_NEEDED', says: '--password-file' })
  const made = await world.json([...init, '--password-file', 'new'])
  const file = world.path('safe/account.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(world.path('safe')).sort()).toEqual([
    'account.json',
    'config.yaml',
    'peer.key',
  ])
  const key = await decryptKeystore(await readKeystore(file), 'battery staple')
  expect(accountAddress(key, file)).toBe(made.account)
  expect(readFileSync(file, 'utf8')).not.toContain(key.slice(2))
  // Again: everything stays, no password is asked.
  const again = await world.run(init)
  expect(again.stdout).toContain(`were there, kept (peer.key, ${file})`)
  expect(again.stdout).toContain(
    `was there, kept: safe/config.yaml; it should say  keystore: ${file}`,
  )
})

test('two accounts, and half of one, are refused', async () => {
  const fund = ['chain', 'fund', '--dir', 'a']
  await expectRefusal(world, [...fund, '--signer', world.rpc], {
    exit: 2,
    code: 'MISSING_OPTION',
    says: '--signer URL and --account 0xADDR belong together',
  })
  await expectRefusal(world, [...fund, '--signer', world.rpc, '--keystore', 'vault.json'], {
    exit: 2,
    code: 'BAD_OPTION',
    says: 'two accounts',
  })
  await expectRefusal(world, ['init', '--dir', 'a', '--keystore', 'other.json'], {
    exit: 2,
    code: 'ACCOUNT_EXISTS',
    says: 'has an account already',
  })
})

test('a JSON-RPC signer acts for its account, and for no other', async () => {
  const signer = ['--signer', world.rpc, '--account']
  await world.json(['chain', 'fund', ...signer, SOMEBODY])
  const bought = await world.json([
    'market',
    'buy',
    scenario,
    'b',
    '10',
    ...signer,
    SOMEBODY,
    '--yes',
  ])
  const holder = ['market', 'portfolio', scenario, ...signer, SOMEBODY]
  const { tokens } = await world.json(holder)
  expect((tokens as readonly Json[])[1]?.balance).toBe(bought.amountOut)
  const { address } = await accountOf(world, 'a')
  await expectRefusal(world, ['chain', 'fund', ...signer, address], {
    exit: 2,
    code: 'SIGNER_ACCOUNT',
    says: 'does not hold the account',
  })
})
