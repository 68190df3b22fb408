import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSiloJournal } from '../../packages/node/src/silo/silo-journal.ts'
import {
  createMoments,
  decodeCanonical,
  readStoredBlob,
} from '../../packages/protocol/src/index.ts'
import { freePort } from '../faults/harness/free-port.ts'
import { addressOf, type Line, linesOf } from './lines-of.ts'
import { processesOf } from './processes-of.ts'
import { startCli } from './start-cli.ts'

const SILOS = ['north', 'south']
/** One silo's answer is journaled, the other's is not. */
const KILLED = 'kill@preprocessing.statistics-journaled:1'

describe('a federation that agrees on scales and categories before round 1', () => {
  let directory: string
  let cid: string
  let undisturbed: { readonly models: readonly Buffer[]; readonly home: string }

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'fednode-statistics-'))
    const peers: string[] = []
    for (const name of ['operator', ...SILOS]) {
      peers.push(String((await dataOf(directory, 'init', '--dir', name)).peerId))
    }
    await writeFile(path.join(directory, 'held-out.csv'), table(80, 1_000))
    await writeFile(path.join(directory, 'north.csv'), table(60, 995))
    await writeFile(path.join(directory, 'south.csv'), table(60, 1_005))
    const members = SILOS.flatMap((name, index) => ['--member', `${name}=${peers[index + 1]}`])
    const terms = ['--no-chain', '--aggregator', String(peers[0]), '--rounds', '2']
    const what = ['--data', 'held-out.csv', '--label', 'ill', ...terms, ...members]
    await dataOf(directory, 'federation', 'init', ...what)
    const file = path.join(directory, 'federation.yaml')
    await writeFile(file, withDictionary(await readFile(file, 'utf8')))
    cid = String((await dataOf(directory, 'federation', 'show', 'federation.yaml')).cid)
    undisturbed = await play('undisturbed')
  })

  afterAll(async () => {
    for (const { pid } of await processesOf(directory)) process.kill(pid, 'SIGKILL')
    await rm(directory, { recursive: true, force: true })
  })

  /** Plays the whole federation in a copy of the directory; an aggregator that is killed begins again. */
  async function play(name: string, { faults = '' } = {}) {
    const home = path.join(directory, name)
    for (const one of ['operator', 'held-out.csv', 'federation.yaml', ...SILOS]) {
      await cp(path.join(directory, one), path.join(home, one), { recursive: true })
    }
    for (const silo of SILOS) {
      await cp(path.join(directory, `${silo}.csv`), path.join(home, `${silo}.csv`))
    }
    const listen = `/ip4/127.0.0.1/tcp/${await freePort()}`
    const lead = ['aggregator', 'run', 'federation.yaml', '--data', 'held-out.csv', '--json']
    const command = [...lead, '--dir', 'operator', '--listen', listen]
    const first = startCli(command, home, { FEDNODE_DEBUG_FAULTS: faults })
    const address = await addressOf(first)
    const silos = SILOS.map((silo) => {
      const own = ['--data', `${silo}.csv`, '--name', silo, '--dir', silo, '--accept', cid]
      return startCli(['join', 'federation.yaml', ...own, '--bootstrap', address, '--json'], home)
    })
    const code = await first.code
    const last = code === null ? startCli(command, home) : first
    expect(await last.code, last.stderr()).toBe(0)
    for (const silo of silos) expect(await silo.code, silo.stderr()).toBe(0)
    const ends = silos.map((silo) => linesOf(silo).at(-1)?.model)
    const models = await Promise.all(ends.map((file) => readFile(String(file))))
    return { home, models, silos, wasKilled: code === null }
  }

  it('trains by the pooled mean and deviation of all rows, and its values are verified with them', async () => {
    const { home } = undisturbed
    const own = await stateOf(home, 'north')
    expect(await readFile(path.join(own, 'audit.jsonl'), 'utf8')).toContain('"what":"statistics"')
    const { columns: pooled, categories } = await pooledIn(own)
    expect(categories).toEqual([{ name: 'ward', values: ['icu', 'surgery'] }])
    const rows = await Promise.all(
      SILOS.map((silo) => readFile(path.join(home, `${silo}.csv`), 'utf8')),
    )
    for (const [index, name] of ['age', 'marker'].entries()) {
      const { count, mean, squares } = momentsOf(rows, index)
      expect(pooled?.[index]?.name).toBe(name)
      expect(Number(pooled?.[index]?.mean)).toBeCloseTo(mean, 9)
      expect(Number(pooled?.[index]?.deviation)).toBeCloseTo(Math.sqrt(squares / count), 9)
    }
    const held = ['--data', 'held-out.csv']
    const verified = await dataOf(home, 'contrib', 'verify', '--dir', 'operator', ...held)
    expect(verified).toMatchObject({ passed: true, recomputed: true })
  })

  it('predicts, exports and describes the model by the categories that were agreed on', async () => {
    const { home } = undisturbed
    await writeFile(
      path.join(home, 'new.csv'),
      'age,marker,ward\n70,1003,surgery\n70,1003,never seen\n',
    )
    const own = ['--dir', 'south']
    const out = ['--out', 'p.csv', '--data', 'new.csv']
    const predicted = await dataOf(home, 'model', 'predict', ...own, ...out)
    expect(predicted).toMatchObject({ rows: 2, predicted: 2 })
    await dataOf(home, 'model', 'export', ...own, '--out', 'm.safetensors')
    const file = await readFile(path.join(home, 'm.safetensors'), 'utf8')
    expect(file).toContain('\\"categories\\":[\\"icu\\",\\"surgery\\"]')
    await dataOf(home, 'model', 'card', ...own, '--out', 'CARD.md')
    const card = await readFile(path.join(home, 'CARD.md'), 'utf8')
    expect(card).toContain('icu, surgery; anything else is "other"')
    for (const silo of SILOS) expect(card).toMatch(new RegExp(`^\\| ${silo} \\| 1 \\| \\d`, 'm'))
  })

  it('T38, T44: ends with the same model when the aggregator is killed in the statistics step', async () => {
    const killed = await play('killed', { faults: KILLED })
    expect(killed.wasKilled).toBe(true)
    for (const [index, model] of killed.models.entries()) {
      expect(model.equals(undisturbed.models[index] ?? Buffer.alloc(0))).toBe(true)
    }
    for (const silo of killed.silos) {
      const said = linesOf(silo).filter(({ type }) => type === 'statistics')
      expect(said).toMatchObject([{ columns: ['age', 'marker', 'ward'] }])
    }
  })
})

/** Burns is too rare among 60 rows to leave a silo. */
function wardOf(row: number): string {
  if (row % 8 === 7) return 'burns'
  return row % 2 === 0 ? 'surgery' : 'icu'
}

/** Rows in which age and a marker of large mean decide; the same for the same base. */
function table(rows: number, base: number): string {
  let state = base
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  const lines = Array.from({ length: rows }, (_, row) => {
    const age = Math.floor(20 + 60 * random())
    const marker = base + 10 * random() - 5
    const ill = (age - 50) / 15 + (marker - 1_000) / 5 > 0 ? 'yes' : 'no'
    return `${age},${marker.toFixed(3)},${wardOf(row)},${ill}`
  })
  return ['age,marker,ward,ill', ...lines, ''].join('\n')
}

/** The manifest that init wrote, with wards that the silos agree on instead of those of the held-out rows. */
function withDictionary(yaml: string): string {
  expect(yaml).toContain('preprocessing:\n  standardise: true\n  impute: false\n')
  expect(yaml).not.toContain('scale:')
  const agreed = yaml.replace('categories: [burns, icu, surgery]', 'maxCategories: 3')
  expect(agreed).not.toBe(yaml)
  return `${agreed}evaluation: { share: 0.2 }\n`
}

function momentsOf(files: readonly string[], column: number) {
  const moments = createMoments()
  for (const text of files) {
    for (const line of text.trim().split('\n').slice(1))
      moments.add(Number(line.split(',')[column]))
  }
  return moments.moments()
}

/** The one federation that a participant's directory knows. */
async function stateOf(home: string, name: string): Promise<string> {
  const scenarios = path.join(home, name, 'scenarios')
  const [only] = await readdir(scenarios)
  return path.join(scenarios, String(only))
}

/** What the step gave, as it travelled. */
async function pooledIn(state: string): Promise<Readonly<Record<string, readonly Line[]>>> {
  const journal = createSiloJournal(path.join(state, 'silo.sqlite'))
  const ref = journal.preprocessing()
  journal.close()
  expect(ref).toBeDefined()
  const bytes = await readStoredBlob(path.join(state, 'blobs'), ref?.cid as never)
  return decodeCanonical(bytes) as Readonly<Record<string, readonly Line[]>>
}

/** The data of a command that has to succeed. */
async function dataOf(cwd: string, ...args: string[]): Promise<Line> {
  const cli = startCli([...args, '--json'], cwd)
  expect(await cli.code, `${args.join(' ')}: ${cli.stderr()}${cli.stdout()}`).toBe(0)
  return JSON.parse(cli.stdout()).data
}
