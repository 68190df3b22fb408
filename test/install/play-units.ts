import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { tinyTable } from '../e2e/tiny-table.ts'
import type { Installed } from './install-tarball.ts'
import { readUnit, type Unit } from './read-unit.ts'
import { type Program, startProgram } from './start-program.ts'

const ROUNDS = 3
const SILOS = ['hospital-a', 'hospital-b']
/** Between two looks at /readyz, in ms; tries of them. */
const LOOK_MS = 100
const LOOKS = 600

/** Where a service of the test has what systemd gives it. */
type Service = { readonly unit: Unit; readonly env: Readonly<Record<string, string>> }

/**
 * Runs an aggregator and two silos by the lines of deploy/systemd, with the environment that systemd would give them, down to keystores and
 * credentials, and asks the silos whether they are ready. Hardening is systemd's own and not part of this.
 * @throws {AssertionError}
 */
export async function playUnits({ bin }: Installed, directory: string): Promise<void> {
  const home = path.join(directory, 'units')
  mkdirSync(home)
  const chain = startProgram([bin, 'chain', 'local', '--port', '0', '--json'], { HOME: home })
  try {
    const rpc: string = JSON.parse(await chain.line()).rpc
    await runFederation({ bin, home, rpc })
  } finally {
    await chain.stop()
  }
}

type Place = { readonly bin: string; readonly home: string; readonly rpc: string }

async function runFederation(place: Place): Promise<void> {
  const operator = serviceOf('aggregator', {
    ...place,
    name: 'aggregator',
    rows: tinyTable(200, 1),
  })
  const { scenario, manifest } = await createFederation(operator, place)
  const env = { ...operator.env, FEDNODE_SCENARIO: scenario }
  const programs = [startProgram(operator.unit.start, env)]
  try {
    for (const [index, name] of SILOS.entries()) {
      const rows = tinyTable(120, index + 2)
      const silo = serviceOf('silo', { ...place, name, rows, scenario, manifest })
      await prepare(silo, place.bin)
      programs.push(startProgram(silo.unit.start, silo.env))
    }
    await Promise.all(programs.slice(1).map(ready))
    await Promise.all(programs.map((program) => program.ended()))
  } finally {
    await Promise.all(programs.map((program) => program.stop()))
  }
}

/** What `federation create` tells. */
type Created = { readonly scenario: string; readonly manifest: string }

async function createFederation(operator: Service, { bin, home }: Place): Promise<Created> {
  await prepare(operator, bin)
  const rows = path.join(home, 'aggregator', 'credentials', 'held-out.csv')
  const file = path.join(home, 'federation.yaml')
  const fednode = (...words: readonly string[]) =>
    startProgram([bin, ...words], operator.env).ended()
  const plan = ['--data', rows, '--label', 'ill', '--out', file, '--rounds', String(ROUNDS)]
  await fednode('federation', 'init', ...plan, '--max-silos', String(SILOS.length))
  return JSON.parse(await fednode('federation', 'create', file, '--json')).data
}

/** The directories and files that systemd would make for a service, and its unit. */
function serviceOf(
  role: 'silo' | 'aggregator',
  given: Place & {
    readonly name: string
    readonly rows: string
    readonly scenario?: string
    readonly manifest?: string
  },
): Service {
  const { bin, home, rpc, name, rows, scenario = '', manifest = '' } = given
  const own = path.join(home, name)
  const credentials = path.join(own, 'credentials')
  mkdirSync(credentials, { recursive: true, mode: 0o700 })
  writeFileSync(path.join(credentials, 'password'), 'correct horse battery', { mode: 0o400 })
  for (const file of ['rows.csv', 'held-out.csv']) {
    writeFileSync(path.join(credentials, file), rows, { mode: 0o400 })
  }
  const places = {
    '%d': credentials,
    [`/var/lib/fednode-${role}`]: path.join(own, 'state'),
    [`/var/cache/fednode-${role}`]: path.join(home, 'cache'),
    '/usr/local/bin/fednode': bin,
  }
  const agreed = { FEDNODE_SCENARIO: scenario, FEDNODE_ACCEPT: manifest, FEDNODE_NAME: name }
  const environmentFile = {
    FEDNODE_RPC: rpc,
    // All services of the test are on one machine.
    FEDNODE_METRICS: '0',
    ...(role === 'silo' ? agreed : {}),
  }
  const root = path.join(path.dirname(bin), '..', 'lib', 'node_modules', 'fednode')
  const file = path.join(root, 'deploy', 'systemd', `fednode-${role}.service`)
  const unit = readUnit(file, { places, environmentFile })
  return { unit, env: { ...unit.env, HOME: home } }
}

/** What comes before the start: the keys, and money for gas. */
async function prepare({ unit, env }: Service, bin: string): Promise<void> {
  await startProgram(unit.before, env).ended()
  const account = path.join(env.FEDNODE_DIR ?? '', 'account.json')
  assert.equal(JSON.parse(readFileSync(account, 'utf8')).version, 3, 'the account is not encrypted')
  await startProgram([bin, 'chain', 'fund'], env).ended()
}

/** Waits until /readyz says 200. */
async function ready(silo: Program): Promise<void> {
  const url = await silo.said(/^Metrics +(\S+)\/metrics$/m)
  for (let look = 0; look < LOOKS; look++) {
    const { status } = await fetch(`${url}/readyz`)
    if (status === 200) return
    await sleep(LOOK_MS)
  }
  assert.fail('the silo is never ready')
}
