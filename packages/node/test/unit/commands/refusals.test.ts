import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { connectAccount, createScenario, startAnvil } from '@fednode/contracts'
import { encodeCanonical } from '@fednode/protocol'
import { zeroAddress } from 'viem'
import { beforeAll, expect, test } from 'vitest'
import { LOCAL_CURRENCY, LOCAL_ORCHESTRATOR } from '../../../src/chain/local-deployment.ts'
import { loadIdentity } from '../../../src/identity/load-identity.ts'
import { readPlanFile } from '../../../src/plan/read-plan-file.ts'
import { requireChain } from '../../../src/plan/require-chain.ts'
import { scenarioParams } from '../../../src/plan/scenario-params.ts'
import { expectRefusal } from './expect-refusal.ts'
import { rows, useLocalWorld } from './local-world.ts'

const world = useLocalWorld()
/** Open to everybody, two places. */
const federation = { scenario: '', manifest: '' }

beforeAll(async () => {
  Object.assign(federation, await world.federation({}))
  await world.participant('hospital')
  await world.participant('poor', { funded: false })
})

function join(extra: readonly string[], scenario = federation.scenario): readonly string[] {
  return ['join', scenario, '--data', 'a.csv', '--name', 'hospital', '--dir', 'hospital', ...extra]
}

test('without a terminal and without --accept nobody takes part; the command to run is told', async () => {
  await expectRefusal(world, join([]), {
    exit: 3,
    code: 'CONSENT_NEEDED',
    says: `--accept ${federation.manifest}`,
  })
})

test('T37: the plan is shown in plain words, with its dangers, before anybody is asked', async () => {
  const { stderr } = await world.run(join([]))
  expect(stderr).toContain('predict outcome (no/yes) from 2 columns')
  expect(stderr).toContain('Never leaves')
  expect(stderr).toContain('120 rows, all usable')
  expect(stderr).toContain('a round may have two silos only')
})

test('the CID of another manifest accepts nothing', async () => {
  await expectRefusal(world, join(['--accept', 'bafyother']), {
    exit: 3,
    code: 'WRONG_MANIFEST_ACCEPTED',
    says: federation.manifest,
  })
})

test('T37: fewer rows than the manifest asks for are refused, also with --accept', async () => {
  writeFileSync(world.path('few.csv'), rows(20, 5))
  const argv = join(['--accept', federation.manifest]).map((word) =>
    word === 'a.csv' ? 'few.csv' : word,
  )
  await expectRefusal(world, argv, { exit: 3, code: 'PLAN_BELOW_FLOOR', says: '20 rows' })
})

test('rows that do not fit are refused with file, column, row and value', async () => {
  writeFileSync(world.path('bad.csv'), rows(40, 5).replace(/\n0\.\d+,/, '\nn/a,'))
  const argv = join(['--accept', federation.manifest]).map((word) =>
    word === 'a.csv' ? 'bad.csv' : word,
  )
  await expectRefusal(world, argv, {
    exit: 6,
    code: 'DATA_BAD_VALUE',
    says: 'bad.csv: column "x" row',
  })
})

test('an account that the federator did not allow is told what to ask for', async () => {
  const closed = await world.federation({ 'open: true': 'open: false' })
  await expectRefusal(world, join(['--accept', closed.manifest], closed.scenario), {
    exit: 3,
    code: 'NOT_ALLOWED',
    says: 'fednode federation allow',
  })
})

test('T54: gas that costs more than --max-fee is not paid; the price and the bound are told', async () => {
  const closed = await world.federation({ 'open: true': 'open: false' })
  const { account } = await world.participant('thrifty')
  const allow = ['federation', 'allow', closed.scenario, String(account), '--dir', 'operator']
  await expectRefusal(world, [...allow, '--max-fee', '0.000000001'], {
    exit: 5,
    code: 'FEE_TOO_HIGH',
    says: 'above the bound of 0.000000001 gwei',
  })
})

test('an account that the federator allows later passes that check', async () => {
  const closed = await world.federation({ 'open: true': 'open: false' })
  const { account } = await world.participant('guest')
  await world.json([
    ...['federation', 'allow', closed.scenario, String(account)],
    ...['--dir', 'operator'],
  ])
  const argv = ['join', closed.scenario, '--data', 'a.csv', '--name', 'guest', '--dir', 'guest']
  await expectRefusal(world, argv, { exit: 3, code: 'CONSENT_NEEDED', says: closed.manifest })
})

test('T55: an address without a Scenario is refused', async () => {
  const nothing = `0x${'12'.repeat(20)}`
  await expectRefusal(world, join([], nothing), { exit: 5, code: 'NO_CONTRACT', says: nothing })
  const currency = '0x5fbdb2315678afecb367f032d93f642f64180aa3'
  await expectRefusal(world, join([], currency), {
    exit: 5,
    code: 'NOT_A_SCENARIO',
    says: currency,
  })
  const allow = ['federation', 'allow', currency, currency, '--dir', 'operator']
  await expectRefusal(world, allow, { exit: 5, code: 'NOT_A_SCENARIO', says: currency })
})

test('a federation without a market says so to whoever wants to open one', async () => {
  const argv = ['market', 'open', federation.scenario, '--dir', 'operator', '--yes']
  await expectRefusal(world, argv, { exit: 2, code: 'NO_MARKET', says: 'has no market' })
})

test('where a file cannot be written or read, its path is said', async () => {
  const init = ['federation', 'init', '--data', 'validation.csv', '--label', 'outcome']
  const out = world.path('nowhere/f.yaml')
  await expectRefusal(world, [...init, '--out', out], {
    exit: 2,
    code: 'ENOENT',
    says: `${out}: there is no such file or folder`,
  })
  await expectRefusal(world, ['init', '--dir', 'a.csv'], {
    exit: 2,
    code: 'ENOTDIR',
    says: `${world.path('a.csv/config.yaml')}: it lies in something that is no folder`,
  })
})

test('T17: a Scenario that anchors something that is no manifest is refused before anything is asked', async () => {
  const identity = await loadIdentity(world.path('operator'))
  const account = await connectAccount({
    rpcUrl: world.rpc,
    privateKey: identity.exportPrivateKey(),
  })
  const plan = await readPlanFile(world.path('template.yaml'))
  const params = scenarioParams(requireChain(plan.manifest, 'template.yaml'), {
    currency: LOCAL_CURRENCY,
    peerKey: identity.peerKey.publicKey,
    now: BigInt(Math.ceil(Date.now() / 1000)) + 3_600n,
    resolver: zeroAddress,
  })
  const evil = encodeCanonical({ version: 1, name: 'x' })
  const { scenario } = await createScenario(account, {
    orchestrator: LOCAL_ORCHESTRATOR,
    params,
    manifest: evil,
    endpoint: '',
  })
  await expectRefusal(world, join([], scenario), {
    exit: 3,
    code: 'BAD_MANIFEST',
    says: 'is not one that this fednode runs',
  })
})

test('T55: a Scenario of another Orchestrator than the trusted one is refused', async () => {
  const trusted = `0x${'34'.repeat(20)}`
  await expectRefusal(world, join(['--orchestrator', trusted]), {
    exit: 5,
    code: 'WRONG_ORCHESTRATOR',
    says: trusted,
  })
})

test('an account without money for gas is told how to get some', async () => {
  const argv = ['join', federation.scenario, '--data', 'a.csv', '--name', 'poor', '--dir', 'poor']
  await expectRefusal(world, argv, {
    exit: 5,
    code: 'NO_GAS_MONEY',
    says: 'fednode chain fund --dir poor',
  })
})

test('a chain that is not the meant one, and one that does not answer, are refused', async () => {
  await expectRefusal(world, join(['--chain-id', '1']), {
    exit: 5,
    code: 'WRONG_CHAIN',
    says: 'serves chain 31337, but chain 1 is meant',
  })
  await expectRefusal(world, join(['--rpc', 'http://127.0.0.1:9']), {
    exit: 5,
    code: 'RPC_UNREACHABLE',
    says: 'http://127.0.0.1:9',
  })
})

test('T59: money is made on the local chain only', async () => {
  const other = await startAnvil({ chainId: 5 })
  try {
    await expectRefusal(world, ['chain', 'fund', '--dir', 'hospital', '--rpc', other.rpcUrl], {
      exit: 3,
      code: 'NOT_A_LOCAL_CHAIN',
      says: 'chain 5 is not the local chain 31337',
    })
    await expectRefusal(
      world,
      ['federation', 'create', 'template.yaml', '--dir', 'operator', '--rpc', other.rpcUrl],
      { exit: 2, code: 'MISSING_OPTION', says: '--orchestrator is missing' },
    )
  } finally {
    await other.stop()
  }
})

test('a port that is in use is named', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  try {
    const listen = `/ip4/127.0.0.1/tcp/${port}`
    await expectRefusal(
      world,
      [...operator(federation.scenario), '--data', 'validation.csv', '--listen', listen],
      { exit: 2, code: 'PORT_IN_USE', says: String(port) },
    )
    await expectRefusal(world, ['chain', 'local', '--port', String(port)], {
      exit: 2,
      code: 'PORT_IN_USE',
      says: String(port),
    })
  } finally {
    server.close()
  }
})

function operator(scenario: string): readonly string[] {
  return ['aggregator', 'run', '--dir', 'operator', '--scenario', scenario]
}

test('only the federator runs the aggregator', async () => {
  const argv = operator(federation.scenario).map((word) =>
    word === 'operator' ? 'hospital' : word,
  )
  await expectRefusal(world, [...argv, '--data', 'validation.csv'], {
    exit: 3,
    code: 'NOT_FEDERATOR',
    says: 'the federator of',
  })
})

test('a validation file that differs from the approved one is refused', async () => {
  await expectRefusal(world, [...operator(federation.scenario), '--data', 'a.csv'], {
    exit: 6,
    code: 'WRONG_VALIDATION',
    says: "the manifest's validation set is",
  })
  await expectRefusal(world, [...operator(federation.scenario), '--data', 'none.csv'], {
    exit: 6,
    code: 'DATA_FILE_NOT_FOUND',
    says: 'none.csv',
  })
})

test.each([
  ['count: 2', 'count: ten', 'rounds.count'],
  ['version: 1', 'version: 1\nsurprise: yes', 'surprise'],
  ['minSilos: 2', 'minSilos: 3', 'rounds.minSilos'],
])(
  'a manifest with %j changed to %j is refused, naming the place',
  async (before, after, place) => {
    const { readFileSync } = await import('node:fs')
    const yaml = readFileSync(world.path('template.yaml'), 'utf8')
    writeFileSync(world.path('wrong.yaml'), yaml.replace(before, after))
    const { code, stderr } = await world.run(['federation', 'show', 'wrong.yaml'])
    expect(code).toBe(2)
    expect(stderr).toContain('wrong.yaml')
    expect(stderr).toContain(place)
  },
)

test('a manifest that is there is not overwritten', async () => {
  const init = ['federation', 'init', '--data', 'validation.csv', '--label', 'outcome']
  await expectRefusal(world, [...init, '--out', 'template.yaml'], {
    exit: 2,
    code: 'FILE_EXISTS',
    says: 'template.yaml',
  })
})

test('a label that the file does not have is refused with the columns it has', async () => {
  const init = ['federation', 'init', '--data', 'validation.csv', '--label', 'income']
  await expectRefusal(world, [...init, '--out', 'other.yaml'], {
    exit: 6,
    code: 'DATA_MISSING_COLUMN',
    says: 'x, y, outcome',
  })
})
