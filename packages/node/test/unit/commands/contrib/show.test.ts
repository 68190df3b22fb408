import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createJournal, type RoundRecord } from '@fednode/aggregator'
import type { SiloName } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { createSiloJournal } from '../../../../src/silo/silo-journal.ts'
import { exampleResult } from '../../../fixtures/up-result.ts'
import { runCli } from '../../framework/run-cli.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

const SCENARIO = `0x${'ab'.repeat(20)}`
const COLUMNS = 80
const OPENING = {
  reveal: new Uint8Array(32),
  block: { number: 1, hash: new Uint8Array(32), isHead: true },
}

/** Eight rounds, estimated, with the utility of all but one; in the last one silo-b copied silo-a. */
const RECORDS = exampleResult().rounds.map((record): RoundRecord => {
  const contributions = record.contributions.map((entry) => ({
    ...entry,
    standardError: 0.01,
    utilityWithout: record.utilityAfter - entry.shapley / 2,
  }))
  const [A, B] = ['silo-a', 'silo-b'] as SiloName[] as [SiloName, SiloName]
  const copy = { code: 'COPY', silo: B, with: A, measurePico: 0 } as const
  return { ...record, contributions, findings: record.round === 8 ? [copy] : [] }
})

function journalOf(file: 'journal.sqlite' | 'silo.sqlite') {
  const dir = temporaryDirectory()
  const directory = path.join(dir, 'scenarios', SCENARIO)
  mkdirSync(directory, { recursive: true })
  return { dir, journal: path.join(directory, file) }
}

function aggregatorDirectory(): string {
  const { dir, journal: file } = journalOf('journal.sqlite')
  const journal = createJournal(file)
  for (const record of RECORDS) {
    const { round, model, evidence, metrics, loss, utilityBefore, utilityAfter } = record
    const { contributions, findings = [], seconds } = record
    journal.beginRound(
      { round, state: 'open', base: model, openedAt: 1, deadline: 2, ...OPENING },
      [{ step: 'fund', amountWei: record.pot.toString() }],
    )
    const figures = { metrics, loss, utilityBefore, utilityAfter }
    const { anchor: _, ...phases } = seconds
    journal.endRound(
      {
        ...{ round, model, evidence, ...figures, void: false, seconds: phases, strategyState: [] },
        ...{ contributions: [...contributions], findings: [...findings] },
      },
      [],
    )
  }
  journal.close()
  return dir
}

/** What `silo` is told. */
function siloDirectory(silo: string): string {
  const { dir, journal: file } = journalOf('silo.sqlite')
  const journal = createSiloJournal(file)
  for (const { round, model, pot, contributions, ...record } of RECORDS) {
    const own = contributions.find((entry) => entry.silo === silo)
    if (own === undefined) throw new TypeError(silo)
    const { metrics, loss, utilityBefore, utilityAfter } = record
    const { silo: _, share, ...value } = own
    const result = {
      ...{ round, model, last: false, measured: true, paid: true },
      ...{ metrics, loss, utilityBefore, utilityAfter, ...value },
      ...{ share: share / 1e9, pot: pot.toString() },
    }
    journal.saveResult(round, result)
  }
  journal.close()
  return dir
}

async function show(dir: string, ...more: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(['contrib', 'show', '--dir', dir, ...more])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(COLUMNS)
  return stdout
}

async function json(dir: string, ...more: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout } = await runCli(['contrib', 'show', '--dir', dir, '--json', ...more])
  return JSON.parse(stdout).data
}

test('the aggregator sees every silo in a line, the last rounds, and what was found', async () => {
  const text = await show(aggregatorDirectory())
  expect(text).toMatch(/silo-a {2}\+0\.2546 ± 0\.0283 {2}26\.8 % +214\.29 +0\.9483 {2}steady/)
  expect(text).toMatch(/silo-d {2}-0\.1018 ± 0\.0283 +0\.0 % +0\.00/)
  expect(text).toMatch(/silo +round 5 +round 6 +round 7 +round 8\n/)
  expect(text).toContain('found    round 8: silo-b and silo-a sent the same')
})

test('a silo sees each of its rounds, a value below zero is shown and paid 0', async () => {
  const text = await show(siloDirectory('silo-d'))
  expect(text).toMatch(
    /^ +1 {2}-0\.0561 ± 0\.0100 {2}0\.0 % +0\.00 +0\.5675 +0\.5955 {2}below 0: paid 0$/m,
  )
  expect(text).toMatch(/^ +all {2}-0\.1018 ± 0\.0283 {2}0\.0 % +0\.00$/m)
  expect(text).toContain('in round 8 the others alone reach')
  expect(text).toMatch(/^trend +steady: 0\.0 % of the pot in the last 3 rounds/m)
})

test('one silo in the aggregator is told as the silo itself is', async () => {
  const own = await show(siloDirectory('silo-c'))
  const same = await show(aggregatorDirectory(), '--silo', 'silo-c')
  expect(same).toContain(own.split('\n').slice(2).join('\n').trimEnd())
})

test('one round says what the plan brings and what the others reach without each', async () => {
  const text = await show(aggregatorDirectory(), '--round', '3')
  expect(text).toContain('the plan brings 100.00 CUR')
  expect(text).toMatch(/0\.7779 before, 0\.8725 after: the values sum to the difference/)
  expect(text).toMatch(/^silo-a {2}\+0\.0284 ± 0\.0100 {2}26\.8 % +26\.79 +0\.8583$/m)
  expect(text).not.toContain('found')
})

test('--json has every figure: amounts in wei, shares from 0 to 1', async () => {
  const all = await json(aggregatorDirectory())
  expect(all).toMatchObject({
    role: 'aggregator',
    silos: [{ silo: 'silo-a', reward: '214285714400000000000' }, {}, {}, { share: 0 }, {}],
  })
  const own = await json(siloDirectory('silo-a'))
  expect(own).toMatchObject({
    role: 'silo',
    standardError: expect.closeTo(0.0283, 4),
    trend: { direction: 'steady', rounds: 3 },
  })
  const first = (own.rounds as Record<string, unknown>[])[0]
  expect(first).toEqual({
    round: 1,
    shapley: RECORDS[0]?.contributions[0]?.shapley,
    standardError: 0.01,
    share: 0.267857143,
    paid: true,
    reward: '26785714300000000000',
    utilityAfter: RECORDS[0]?.utilityAfter,
    utilityWithout: RECORDS[0]?.contributions[0]?.utilityWithout,
  })
})

test('a silo that has heard of no round is told so', async () => {
  const { dir, journal } = journalOf('silo.sqlite')
  createSiloJournal(journal).close()
  expect(await show(dir)).toContain('no round is over yet')
  expect(await show(dir, '--chart')).toContain('no round is over yet')
})

test('a silo that is not there, and another silo in a silo’s directory, are refused in one line', async () => {
  const wrong = await runCli(['contrib', 'show', '--dir', aggregatorDirectory(), '--silo', 'x'])
  expect(wrong.code).toBe(2)
  expect(wrong.stderr).toMatch(/--silo x: no such silo was in a round\n.*silo-a, silo-b/)
  const own = siloDirectory('silo-a')
  const other = await runCli(['contrib', 'show', '--dir', own, '--silo', 'silo-b'])
  expect(other.code).toBe(2)
  expect(other.stderr).toContain('a silo is told its own values only')
})

test('the chart in the terminal and the SVG show the values with their errors', async () => {
  const dir = aggregatorDirectory()
  const file = path.join(dir, 'values.svg')
  const text = await show(dir, '--chart', '--silo', 'silo-d', '--svg', file)
  expect(text).toMatch(/^1 +\[-+\]o+\| +-0\.0561 ± 0\.0100$/m)
  const svg = readFileSync(file, 'utf8')
  expect(svg).toContain('Contribution of each silo in each round')
  expect(svg).toContain('silo-d')
  expect(svg).not.toContain('silo-a')
})
