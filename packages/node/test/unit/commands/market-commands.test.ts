import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { advanceTime, ONE_TOKEN, readBlockTime } from '@fednode/contracts'
import { beforeAll, expect, test } from 'vitest'
import { accountAddress } from '../../../src/identity/account-address.ts'
import { decryptKeystore } from '../../../src/identity/keystore/decrypt-keystore.ts'
import { encryptKeystore } from '../../../src/identity/keystore/encrypt-keystore.ts'
import { readKeystore } from '../../../src/identity/keystore/read-keystore.ts'
import { useLocalWorld } from './local-world.ts'
import { accountOf, marketScenario } from './market-scenario.ts'

const world = useLocalWorld()
/** Of nobody here; its checksum is right. */
const SOMEBODY = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
let scenario = ''

type Json = Record<string, unknown>
type Silo = { readonly silo: string; readonly points: readonly Record<string, string>[] }

beforeAll(async () => {
  await world.participant('a')
  await world.participant('b')
  await world.participant('investor')
  scenario = await marketScenario(world, ['a', 'b'])
})

/** Nonce and balances of a participant: what a dry run must not change. */
async function traces(name: string): Promise<unknown> {
  const account = await accountOf(world, name)
  const nonce = await account.public.getTransactionCount({ address: account.address })
  return { nonce, portfolio: await world.json(['market', 'portfolio', scenario, '--dir', name]) }
}

async function expectRefusal(
  argv: readonly string[],
  expected: { readonly exit: number; readonly code: string; readonly says: string },
): Promise<void> {
  const { code, stdout, stderr } = await world.run([...argv, '--json'])
  expect({ exit: code, code: JSON.parse(stdout).error.code }).toEqual({
    exit: expected.exit,
    code: expected.code,
  })
  expect(stderr).toContain(expected.says)
  // What happened, what to do; never a stack.
  expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2)
}

async function historyOf(...more: readonly string[]): Promise<readonly Silo[]> {
  const { silos } = await world.json(['market', 'history', scenario, ...more])
  return silos as readonly Silo[]
}

async function priceOf(silo: string): Promise<string | undefined> {
  const { tokens } = await world.json(['market', 'price', scenario])
  return (tokens as readonly { silo: string; price: string }[]).find((one) => one.silo === silo)
    ?.price
}

test('the history of prices ends with the present ones and marks every trade', async () => {
  const before = await historyOf()
  await world.json(['market', 'buy', scenario, 'a', '50', '--dir', 'investor', '--yes'])
  const b = await accountOf(world, 'b')
  await advanceTime(b, (await readBlockTime(b)) + 3_600n)
  await world.json(['market', 'sell', scenario, 'b', '1000', '--dir', 'b', '--yes'])
  const after = await historyOf()
  for (const [at, { silo, points }] of after.entries()) {
    expect(points.at(-1)?.price).toBe(await priceOf(silo))
    // What was there stays, whether it comes from the chain or from the index that is kept.
    expect(points.slice(0, before[at]?.points.length)).toEqual(before[at]?.points)
  }
  const trades = after.map(({ silo, points }) => [
    silo,
    ...points
      .filter(({ kind, tokenIn }) => kind === 'swap' && tokenIn !== '0')
      .map((one) => one.tokenIn),
  ])
  expect(trades).toEqual([
    ['a', expect.stringMatching(/^-\d{20,}$/)],
    ['b', String(1_000n * ONE_TOKEN)],
  ])
})

test('T42: the index is kept where only its owner reads it', async () => {
  await historyOf()
  const file = world.path(`cache/markets/31337-${scenario.toLowerCase()}.sqlite`)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(world.path('cache/markets')).mode & 0o777).toBe(0o700)
})

test('a history is shown as a table, as a drawing, and as an SVG; of one silo and of late when asked', async () => {
  const table = await world.run(['market', 'history', scenario])
  expect(table.stdout).toMatch(/a +opened +150,000\.00 +5,000\.00 +0\.016667/)
  const argv = ['market', 'history', scenario, '--chart', '--svg', 'prices.svg', '--silo', 'b']
  const { stdout } = await world.run(argv, { io: { columns: 60 } })
  expect(stdout).toContain(`Chart: ${world.path('prices.svg')}`)
  expect(stdout).toMatch(/^b {2}0\.\d+ CUR {2}[-+]?\d/)
  expect(stdout).not.toMatch(/^a /m)
  for (const line of stdout.split('\n').slice(0, 10)) expect(line.length).toBeLessThanOrEqual(60)
  expect(readFileSync(world.path('prices.svg'), 'utf8')).toMatch(/^<svg[\s\S]*<\/svg>$/)
  // An hour passed between the purchase and the sale.
  const [late] = await historyOf('--since', '30m')
  expect(late?.points.map(({ tokenIn }) => tokenIn)).toEqual(['0'])
})

test('a history of an unknown silo, of a wrong moment and of a market that is not there is refused', async () => {
  const history = ['market', 'history', scenario]
  await expectRefusal([...history, '--silo', 'nobody'], {
    exit: 2,
    code: 'UNKNOWN_SILO',
    says: 'There are: a, b',
  })
  await expectRefusal([...history, '--since', 'yesterday'], {
    exit: 2,
    code: 'BAD_OPTION',
    says: '--since: got "yesterday"',
  })
  await expectRefusal([...history, '--since', '2100-01-01'], {
    exit: 2,
    code: 'BAD_OPTION',
    says: "--since lies after the chain's head",
  })
  await expectRefusal([...history, '--svg', 'none/prices.svg'], {
    exit: 2,
    code: 'ENOENT',
    says: 'none/prices.svg: there is no such file or folder',
  })
  await expectRefusal(['market', 'history', SOMEBODY], {
    exit: 5,
    code: 'NO_CONTRACT',
    says: 'there is no contract at',
  })
})

test('liquidity in one token: quoted, tried, done at no less than the minimum, and taken out again', async () => {
  const quote = await world.json(['market', 'quote', scenario, 'add', 'CUR', '100'])
  const add = ['market', 'add-liquidity', scenario, '100', '--token', 'CUR', '--dir', 'investor']
  const before = await traces('investor')
  const dry = await world.json([...add, '--dry-run'])
  expect(dry).toMatchObject({ ...quote, dryRun: true })
  expect(await traces('investor')).toEqual(before)
  const added = await world.json([...add, '--yes'])
  expect(added.lpShares).toBe(quote.lpShares)
  expect(BigInt(String(added.lpShares))).toBeGreaterThan(BigInt(String(quote.minShares)))
  const remove = ['market', 'remove-liquidity', scenario, '50', '--dir', 'investor', '--yes']
  const removed = await world.json([...remove, '--token', 'a'])
  expect(removed).toMatchObject({
    direction: 'remove',
    name: 'a',
    lpShares: String(50n * ONE_TOKEN),
  })
  expect(BigInt(String(removed.amount))).toBeGreaterThan(0n)
})

test('T57: above 5 % of price impact there is a warning before anybody is asked, below there is none', async () => {
  const add = ['market', 'add-liquidity', scenario, '--token', 'CUR', '--dir', 'investor']
  const asked = await world.run([...add, '1400'])
  expect(asked.code).toBe(3)
  expect(asked.stderr).toMatch(
    /you receive .* pool shares, at least .*\n {2}price impact .*\n {2}Beware: that is more than 5 %/,
  )
  expect((await world.run([...add, '50'])).stderr).not.toContain('Beware')
  const buy = ['market', 'buy', scenario, 'a', '--dir', 'investor']
  expect((await world.run([...buy, '1000'])).stderr).toContain('Beware')
  expect((await world.run([...buy, '20'])).stderr).not.toContain('Beware')
})

test('a transfer is tried, asked, and done; what is sent is what the other has', async () => {
  const send = (asset: string, ...more: readonly string[]) =>
    ['chain', 'transfer', scenario, asset, '1.5', '--to', SOMEBODY, '--dir', 'a', ...more] as const
  const before = await traces('a')
  expect(await world.json(send('a', '--dry-run'))).toMatchObject({ dryRun: true, asset: 'a' })
  const asked = await world.run(send('a'))
  expect([asked.code, asked.stderr]).toEqual([3, expect.stringContaining('send 1.5 tokens of a')])
  expect(await traces('a')).toEqual(before)
  for (const asset of ['CUR', 'LP', 'a']) await world.json(send(asset, '--yes'))
  const held = ['market', 'portfolio', scenario, '--holder', SOMEBODY]
  const { currency, lp, tokens } = await world.json(held)
  const balances = [currency, lp, (tokens as readonly Json[])[0]].map(
    (one) => (one as Json).balance,
  )
  const sent = (3n * ONE_TOKEN) / 2n
  // The development account has play money of its own.
  expect(balances.slice(1)).toEqual([String(sent), String(sent)])
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
  await expectRefusal(argv, { exit: 2, code, says })
})

test('a transfer to the federation’s own contracts and to oneself is refused', async () => {
  const { pool, tokens, currency } = await world.json(['market', 'price', scenario])
  const token = (tokens as readonly Json[])[1]?.token
  const own = (await accountOf(world, 'a')).address
  for (const to of [scenario, pool, token, (currency as Json).token, own]) {
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
    await expectRefusal(argv, { exit: 2, code: 'BAD_RECIPIENT', says: String(to) })
  }
})

test('an encrypted key acts with its password, and a dry run without', async () => {
  const secret = new Uint8Array(32).fill(7)
  const account = accountAddress(`0x${Buffer.from(secret).toString('hex')}`, '')
  const cheap = { n: 2, r: 8, p: 1 }
  const keystore = await encryptKeystore({ secret, address: account }, 'correct horse', cheap)
  writeFileSync(world.path('vault.json'), keystore, { mode: 0o600 })
  writeFileSync(world.path('password'), 'correct horse\n', { mode: 0o600 })
  writeFileSync(world.path('wrong'), 'incorrect\n', { mode: 0o600 })
  const made = await world.json(['init', '--dir', 'vault', '--keystore', 'vault.json'])
  expect(made).toMatchObject({ account, created: ['peer.key'] })
  await world.json(['chain', 'fund', '--dir', 'vault', '--password-file', 'password'])
  const buy = ['market', 'buy', scenario, 'a', '10', '--dir', 'vault', '--yes']
  expect(await world.json([...buy, '--dry-run'])).toMatchObject({ dryRun: true })
  await expectRefusal(buy, { exit: 2, code: 'PASSWORD_NEEDED', says: '--password-file' })
  await expectRefusal([...buy, '--password-file', 'wrong'], {
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

test('T42: init writes an encrypted key and none in clear', async () => {
  writeFileSync(world.path('new'), 'battery staple\n', { mode: 0o600 })
  const init = ['init', '--dir', 'safe', '--keystore', 'safe/account.json']
  await expectRefusal(init, { exit: 2, code: 'PASSWORD_NEEDED', says: '--password-file' })
  const { account } = await world.json([...init, '--password-file', 'new'])
  const file = world.path('safe/account.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(world.path('safe')).sort()).toEqual([
    'account.json',
    'config.yaml',
    'peer.key',
  ])
  const key = await decryptKeystore(await readKeystore(file), 'battery staple')
  expect(accountAddress(key, file)).toBe(account)
  expect(readFileSync(file, 'utf8')).not.toContain(key.slice(2))
})

test('two accounts, and half of one, are refused', async () => {
  const fund = ['chain', 'fund', '--dir', 'a']
  await expectRefusal([...fund, '--signer', world.rpc], {
    exit: 2,
    code: 'MISSING_OPTION',
    says: '--signer URL and --account 0xADDR belong together',
  })
  await expectRefusal([...fund, '--signer', world.rpc, '--keystore', 'vault.json'], {
    exit: 2,
    code: 'BAD_OPTION',
    says: 'two accounts',
  })
  await expectRefusal(['init', '--dir', 'a', '--keystore', 'other.json'], {
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
  await expectRefusal(['chain', 'fund', ...signer, address], {
    exit: 2,
    code: 'SIGNER_ACCOUNT',
    says: 'does not hold the account',
  })
})

test('every command that sends can be tried without sending', async () => {
  const before = await traces('operator')
  const dir = ['--dir', 'operator', '--dry-run']
  const tried = [
    await world.json(['federation', 'create', 'template.yaml', ...dir]),
    await world.json(['federation', 'allow', scenario, SOMEBODY, ...dir]),
    await world.json(['chain', 'fund', ...dir]),
    await world.json(['chain', 'transfer', scenario, 'CUR', '1', '--to', SOMEBODY, ...dir]),
    await world.json(['market', 'buy', scenario, 'a', '1', ...dir]),
    await world.json(['market', 'sell', scenario, 'a', '1', ...dir]),
    await world.json(['market', 'remove-liquidity', scenario, '1', ...dir]),
  ]
  for (const one of tried) {
    expect(one).toMatchObject({ dryRun: true })
    expect(BigInt(String(one.gasUsed))).toBeGreaterThan(20_000n)
  }
  expect(await world.json(['chain', 'claim', scenario, ...dir])).toMatchObject({ gasUsed: '0' })
  expect(await traces('operator')).toEqual(before)
})
