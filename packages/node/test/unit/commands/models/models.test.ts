import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import {
  type ChainAccount,
  depositBalance,
  ONE_TOKEN,
  readListing,
  readMarketEpoch,
  readNetwork,
  readPot,
  readRedemption,
  redeemVoucher,
  returnPot,
  signVoucher,
  voidRound,
} from '@fednode/contracts'
import { createEngine } from '@fednode/engine'
import {
  decodeManifest,
  encodeWeights,
  formatManifestYaml,
  modelSpecOf,
  peerIdFromPublicKey,
  silentLogger,
} from '@fednode/protocol'
import { beforeAll, expect, test } from 'vitest'
import { sampleEvidence } from '../../../../../aggregator/test/support/sample-evidence.ts'
import { deployLocalNetwork, LOCAL_NETWORK } from '../../../../src/chain/local-network.ts'
import { planPurchase } from '../../../../src/commands/models/use/plan-purchase.ts'
import { keepRedeeming, redeemDue } from '../../../../src/sale/keep-redeeming.ts'
import { createProviderProof } from '../../../../src/sale/provider-proof.ts'
import { openSaleDatabase } from '../../../../src/sale/sale-database.ts'
import { decodeRequest, encodeAnswer } from '../../../../src/sale/sale-wire.ts'
import { createTakenVouchers } from '../../../../src/sale/taken-vouchers.ts'
import { expectRefusal } from '../expect-refusal.ts'
import { useLocalWorld } from '../local-world.ts'
import { accountOf, unopenedScenario } from '../market-scenario.ts'
import { goTo } from '../network-world.ts'

const world = useLocalWorld(async (deployer) => {
  await deployLocalNetwork(deployer)
})

const MODEL = ['--model', 'm.safetensors', '--manifest', 'tiny.yaml']
const OTHER = ['--model', 'other.safetensors', '--manifest', 'tiny.yaml']
const PEER = peerIdFromPublicKey(new Uint8Array(32).fill(7))
/** Answers all calls with 32 words, the first 0 and the others 1: a Scenario before its only round, which takes no money. */
const TAKES_NOTHING =
  `0x610400600c5f396104005ff3${'0'.repeat(64)}${`${'0'.repeat(63)}1`.repeat(31)}` as const
let listing: string

const models = (...words: readonly string[]) => world.json(['models', ...words, '--yes'])

/** Two models of one manifest. */
async function writeModels(): Promise<void> {
  const { manifestBytes } = await sampleEvidence(2, () => 0)
  const manifest = decodeManifest(manifestBytes)
  const engine = await createEngine({ backend: 'cpu' })
  const { specs, values } = engine.initialWeights(modelSpecOf(manifest), 1)
  for (const [shift, name] of ['m', 'other'].entries()) {
    const weights = { specs, values: values.map((value) => value + shift) }
    writeFileSync(world.path(`${name}.safetensors`), encodeWeights(weights))
  }
  engine.dispose()
  writeFileSync(world.path('tiny.yaml'), formatManifestYaml(manifest))
}

beforeAll(async () => {
  await writeModels()
  for (const name of ['owner', 'buyer']) await world.participant(name)
})

test('a model is published, after a look, and listed', async () => {
  const publish = ['publish', '--price', '0.5', ...MODEL, '--dir', 'owner']
  expect(await models(...publish, '--dry-run')).toMatchObject({
    dryRun: true,
    price: String(ONE_TOKEN / 2n),
  })
  expect((await world.json(['models', 'list'])).listings).toEqual([])
  const { listing: number, model } = await models(...publish)
  listing = String(number)
  const { listings } = await world.json(['models', 'list'])
  expect(listings).toMatchObject([{ listing, model, price: String(ONE_TOKEN / 2n), open: true }])
  await expectRefusal(world, ['models', ...publish, '--pot-bps', '100'], {
    ...{ exit: 2, code: 'MISSING_OPTION', says: '--pot and --pot-bps belong together' },
  })
})

test('a model is served by its owner only, and only the one that was listed', async () => {
  const serve = ['models', 'serve', listing, '--dir']
  const refusals = [
    [[...serve, 'owner', ...OTHER], 3, 'MODEL_MISMATCH', `listing ${listing} is of model 0x`],
    [[...serve, 'buyer', ...MODEL], 3, 'NOT_LISTING_OWNER', 'who would be paid'],
    [['models', 'serve', '9', '--dir', 'owner', ...MODEL], 2, 'UNKNOWN_LISTING', 'no listing 9'],
  ] as const
  for (const [argv, exit, code, says] of refusals) {
    await expectRefusal(world, argv, { exit, code, says })
  }
})

test('nothing is paid for what could not be kept: an unknown column to copy, a file that cannot be written', async () => {
  writeFileSync(world.path('rows.csv'), 'a,b\n1,2\n')
  const provider = `/ip4/127.0.0.1/tcp/1/p2p/${PEER}`
  const use = ['models', 'use', listing, '--provider', provider, '--data', 'rows.csv']
  const terms = ['--max', '5', '--dir', 'buyer', '--yes']
  const out = (file: string) => [...use, '--out', file, ...terms]
  await expectRefusal(world, [...out('p.csv'), '--id', 'c'], {
    ...{ exit: 6, code: 'DATA_MISSING_COLUMN', says: 'there is no column "c"' },
  })
  await expectRefusal(world, out('rows.csv/p.csv'), {
    ...{ exit: 2, code: 'CANNOT_WRITE', says: 'rows.csv/p.csv: cannot be written' },
  })
  mkdirSync(world.path('folder.csv'))
  await expectRefusal(world, out('folder.csv'), {
    ...{ exit: 2, code: 'CANNOT_WRITE', says: 'folder.csv: cannot be written (a folder)' },
  })
  expect(readdirSync(world.path('.')).filter((name) => /^p\.csv/.test(name))).toEqual([])
})

test('T2: a node that the owner did not name learns nothing and gets no voucher', async () => {
  const [owner, buyer] = await Promise.all([accountOf(world, 'owner'), accountOf(world, 'buyer')])
  const { market } = (await readNetwork(owner, { directory: LOCAL_NETWORK })).contracts
  const found = await readListing(owner, { market, listing: BigInt(listing) })
  const { manifestBytes: manifest } = await sampleEvidence(2, () => 0)
  const asked: (string | undefined)[] = []
  const planWith = (by: ChainAccount) =>
    planPurchase(
      { listing: BigInt(listing), source: 'no-rows.csv', batch: 1, max: 1n },
      {
        ...{ account: buyer, market, now: Date.now() },
        asker: {
          peer: PEER,
          async ask(request) {
            asked.push(decodeRequest(request)?.kind)
            const provider = { listing: BigInt(listing), peer: PEER, market }
            const proof = await createProviderProof(by, provider, Date.now)()
            return encodeAnswer({ kind: 'terms', model: found?.model ?? '0x', manifest, proof })
          },
          close: async () => {},
        },
      },
    )
  await expect(planWith(buyer)).rejects.toMatchObject({ code: 'NOT_OWNERS_NODE' })
  expect(asked).toEqual(['terms'])
  // The owner's node is asked on: what is missing then are the buyer's rows.
  await expect(planWith(owner)).rejects.toMatchObject({
    message: expect.stringContaining('no-rows'),
  })
})

test('a balance is paid in, and paid back once every voucher is too old', async () => {
  const own = ['--dir', 'buyer']
  expect(await models('buy', '5', ...own)).toMatchObject({ balance: String(5n * ONE_TOKEN) })
  await expectRefusal(world, ['models', 'withdraw', '6', '--yes', ...own], {
    ...{ exit: 2, code: 'BALANCE_TOO_SMALL', says: 'the balance is 5 FDN, not 6 FDN' },
  })
  const { payableAt } = await models('withdraw', '2', ...own)
  await expectRefusal(world, ['models', 'withdraw', '--yes', ...own], {
    ...{ exit: 5, code: 'WITHDRAWAL_WAITING', says: 'the withdrawal is paid from' },
  })
  await goTo(world, payableAt)
  expect(await models('withdraw', ...own)).toMatchObject({
    paid: String(2n * ONE_TOKEN),
    balance: String(3n * ONE_TOKEN),
  })
  await expectRefusal(world, ['models', 'rate', listing, '5', '--yes', ...own], {
    ...{ exit: 3, code: 'NOT_A_BUYER', says: 'you paid nothing' },
  })
})

test('a voucher is redeemed by itself once its epoch is over, and never twice', async () => {
  const [owner, buyer] = await Promise.all([accountOf(world, 'owner'), accountOf(world, 'buyer')])
  const { market } = (await readNetwork(owner, { directory: LOCAL_NETWORK })).contracts
  await depositBalance(buyer, { market, buyer: buyer.address, amount: ONE_TOKEN })
  const { epoch, epochSeconds } = await readMarketEpoch(owner, { market })
  const terms = { listing: BigInt(listing), epoch, uses: 4, amount: 2n * ONE_TOKEN }
  const signature = await signVoucher(buyer, { market, ...terms })
  const address = `0x${buyer.address.slice(2).toLowerCase()}` as const
  const voucher = { buyer: address, ...terms }
  const database = openSaleDatabase(world.path('owner'))
  const taken = createTakenVouchers(database, { chainId: owner.chainId, market })
  const request = new Uint8Array(32)
  expect(taken.take({ voucher, signature, request }, 1n)).toBe(true)
  await goTo(world, (epoch + 1) * epochSeconds)
  const stop = new AbortController()
  const events: object[] = []
  await keepRedeeming(
    { account: owner, market, taken, redeemAt: undefined },
    {
      signal: stop.signal,
      logger: silentLogger,
      emit(event) {
        events.push(event)
        stop.abort()
      },
    },
  )
  expect(events).toMatchObject([{ type: 'redeemed', epoch, paid: terms.amount }])
  expect(await readRedemption(owner, { market, ...voucher })).toMatchObject({ uses: 4 })
  // As after a crash between the transaction and the note of it.
  taken.noteRedeemed(voucher, 0n)
  database.close()
  expect(await models('redeem', '--dir', 'owner')).toMatchObject({
    redeemed: '0',
    received: String((terms.amount * 9_500n) / 10_000n),
    vouchers: [{ code: 'EARLIER' }],
  })
})

test('that a buyer has nothing left is said once, however often it is asked again', async () => {
  const owner = await accountOf(world, 'owner')
  const { market } = (await readNetwork(owner, { directory: LOCAL_NETWORK })).contracts
  const { epoch, epochSeconds } = await readMarketEpoch(owner, { market })
  const terms = { listing: BigInt(listing), epoch, uses: 1, amount: ONE_TOKEN }
  // The owner never paid in.
  const signature = await signVoucher(owner, { market, ...terms })
  const voucher = { buyer: `0x${owner.address.slice(2).toLowerCase()}` as const, ...terms }
  const database = openSaleDatabase(world.path('owner'))
  const taken = createTakenVouchers(database, { chainId: owner.chainId, market })
  taken.take({ voucher, signature, request: new Uint8Array(32) }, 1n)
  await goTo(world, (epoch + 1) * epochSeconds)
  const events: object[] = []
  const how = { emit: (event: object) => void events.push(event), said: new Map() }
  for (let look = 0; look < 3; look++) {
    await redeemDue({ account: owner, market, taken, redeemAt: undefined }, how)
  }
  database.close()
  expect(events).toMatchObject([{ type: 'redeemed', paid: 0n, code: 'BUYER_BROKE' }])
})

test('a listing changes its price and ends its sales, for its owner only', async () => {
  const update = ['models', 'update', listing, '--yes', '--dir']
  await expectRefusal(world, [...update, 'owner'], {
    ...{ exit: 2, code: 'MISSING_OPTION', says: 'nothing is to change' },
  })
  await expectRefusal(world, [...update, 'buyer', '--sales', 'closed'], {
    ...{ exit: 3, code: 'NOT_LISTING_OWNER', says: 'changes this listing' },
  })
  await models('update', listing, '--price', '0.75', '--sales', 'closed', '--dir', 'owner')
  const { listings } = await world.json(['models', 'list'])
  expect(listings).toMatchObject([{ price: '750000000000000000', open: false }])
})

test('a bounty is opened, answered by a digest, awarded, and collected', async () => {
  const bounty = (...words: readonly string[]) => world.json(['bounty', ...words, '--yes'])
  writeFileSync(world.path('wanted.md'), 'rows of 2025')
  const open = ['open', 'wanted.md', '--kind', 'data', '--amount', '20', '--days', '2']
  expect(await bounty(...open, '--dir', 'buyer', '--dry-run')).toMatchObject({ dryRun: true })
  expect(await bounty(...open, '--dir', 'buyer')).toMatchObject({
    bounty: '1',
    amount: String(20n * ONE_TOKEN),
  })
  const award = ['bounty', 'award', '1', '0', '--yes', '--dir']
  await expectRefusal(world, [...award, 'buyer'], {
    ...{ exit: 2, code: 'UNKNOWN_BOUNTY_PROPOSAL', says: 'bounty 1 has 0 proposals' },
  })
  await expectRefusal(world, ['bounty', 'submit', '2', 'a.csv', '--yes', '--dir', 'owner'], {
    ...{ exit: 2, code: 'UNKNOWN_BOUNTY', says: 'there is no bounty 2' },
  })
  const { digest } = await bounty('submit', '1', 'a.csv', '--dir', 'owner')
  await expectRefusal(world, [...award, 'owner'], {
    ...{ exit: 3, code: 'NOT_SPONSOR', says: 'awards this bounty' },
  })
  await expectRefusal(world, ['bounty', 'refund', '1', '--yes', '--dir', 'buyer'], {
    ...{ exit: 5, code: 'BOUNTY_TOO_EARLY', says: 'goes back from' },
  })
  expect(await bounty('award', '1', '0', '--dir', 'buyer')).toMatchObject({ digest })
  const shown = await world.json(['bounty', 'list'])
  expect(shown.bounties).toMatchObject([{ state: 'awarded', proposals: [{ digest }] }])
  expect(await world.json(['bounty', 'list', '--open'])).toMatchObject({ bounties: [] })
  const before = BigInt(String((await world.json(['stake', 'status', '--dir', 'owner'])).balance))
  await models('redeem', '--dir', 'owner')
  const after = BigInt(String((await world.json(['stake', 'status', '--dir', 'owner'])).balance))
  expect(after - before).toBe(20n * ONE_TOKEN)
})

test('a part of what a model earns goes into the next round of its Scenario, or to the owner once there is none', async () => {
  const operator = await accountOf(world, 'operator')
  const { token, market } = (await readNetwork(operator, { directory: LOCAL_NETWORK })).contracts
  const currency = `0x${token.slice(2).toLowerCase()}` as const
  const scenario = await unopenedScenario(world, ['owner'], { currency, rounds: 2 })
  const pot = ['--pot', scenario, '--pot-bps', '3000']
  const publish = ['publish', '--price', '0.5', ...OTHER, ...pot, '--dir', 'owner']
  const sold = BigInt(String((await models(...publish)).listing))
  const fund = ['models', 'fund', String(sold), '--dir', 'owner', '--yes']
  await expectRefusal(world, fund, {
    ...{ exit: 3, code: 'NO_POT', says: `no revenue of listing ${sold} waits for a Scenario` },
  })
  await expectRefusal(world, fund.with(2, listing), {
    ...{ exit: 3, code: 'NO_POT', says: 'It gives no Scenario a part' },
  })
  await expectRefusal(world, fund.with(2, '9'), {
    ...{ exit: 2, code: 'UNKNOWN_LISTING', says: 'no listing 9' },
  })

  await sell(sold, 2n * ONE_TOKEN)
  const amount = String((6n * ONE_TOKEN) / 10n)
  const due = { listing: String(sold), amount, shared: String(2n * ONE_TOKEN) }
  const next = { ...due, to: 'scenario', scenario: scenario.toLowerCase(), round: 2 }
  expect(await world.json([...fund, '--dry-run'])).toMatchObject({ ...next, dryRun: true })
  expect(await readPot(operator, { scenario, round: 2 })).toBe(0n)
  expect(await world.json(fund)).toMatchObject(next)
  expect(await readPot(operator, { scenario, round: 2 })).toBe((6n * ONE_TOKEN) / 10n)

  await sell(sold, 4n * ONE_TOKEN)
  await withCodeOf(operator, { address: scenario, code: TAKES_NOTHING }, () =>
    expectRefusal(world, fund, {
      ...{ exit: 5, code: 'POT_REFUSED', says: 'the Scenario did not take what it was offered' },
    }),
  )
  await expect(returnPot(operator, { market, listing: sold })).rejects.toMatchObject({
    code: 'SCENARIO_RUNNING',
    message: `Scenario ${scenario} still has a round to come`,
  })

  await voidRound(operator, { scenario, round: 1 })
  const { stderr } = await world.run(fund.toSpliced(-1))
  expect(stderr).toContain('has no round to come')
  const owner = (await accountOf(world, 'owner')).address.toLowerCase()
  // What was sold was shared out before the Scenario refused its part.
  expect(await world.json(fund)).toMatchObject({ ...due, shared: '0', to: 'owner', owner })
  // Of two sales of 2: less what the Scenario has of the first, and the DAO's twentieth of both.
  const received = 4n * ONE_TOKEN - (6n * ONE_TOKEN) / 10n - ONE_TOKEN / 5n
  expect(await models('redeem', '--dir', 'owner')).toMatchObject({ received: String(received) })
})

/** Runs something while a contract has another code. */
async function withCodeOf(
  { public: chain }: ChainAccount,
  { address, code }: { readonly address: `0x${string}`; readonly code: `0x${string}` },
  job: () => Promise<void>,
): Promise<void> {
  const own = await chain.getCode({ address })
  // Of anvil, which viem's list of methods does not have.
  const set = (to: unknown) =>
    chain.request({ method: 'anvil_setCode', params: [address, to] } as never)
  await set(code)
  await job()
  await set(own)
}

/** A buyer pays in, and its voucher of the present epoch says so much in all. */
async function sell(listed: bigint, amount: bigint): Promise<void> {
  const buyer = await accountOf(world, 'buyer')
  const { market } = (await readNetwork(buyer, { directory: LOCAL_NETWORK })).contracts
  await depositBalance(buyer, { market, buyer: buyer.address, amount })
  const { epoch } = await readMarketEpoch(buyer, { market })
  const terms = { listing: listed, epoch, uses: 1, amount }
  const signature = await signVoucher(buyer, { market, ...terms })
  const voucher = { buyer: buyer.address, ...terms }
  await redeemVoucher(buyer, { market, voucher, signature })
}
