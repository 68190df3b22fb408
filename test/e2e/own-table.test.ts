import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processesOf } from './processes-of.ts'
import { startCli } from './start-cli.ts'

/** Rows of two wards in which y follows x; `id` and `note` are nobody's business. */
function wards(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const x = (i * 37) % 100
    return `${1_000 + i},${['east', 'west'][i % 2]},${x},${3 * x + ((i * 13) % 7)}.5,said something ${i} to them`
  })
  return ['id,ward,x,y,note', ...lines, ''].join('\n')
}

describe('one table of one’s own', () => {
  let directory: string
  const fednode = async (...args: string[]) => {
    const cli = startCli(args, directory)
    const code = await cli.code
    return { code, stdout: cli.stdout(), stderr: cli.stderr() }
  }

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'fednode-table-'))
    await writeFile(path.join(directory, 'rows.csv'), wards(200))
  })

  afterAll(async () => {
    for (const { pid } of await processesOf(directory)) process.kill(pid, 'SIGKILL')
    await rm(directory, { recursive: true, force: true })
  })

  it('becomes a manifest without its identifiers, and trains as a federation, in two commands', async () => {
    const made = await fednode(
      ...['federation', 'init', '--data', 'rows.csv', '--label', 'y', '--silos', 'ward'],
      ...['--rounds', '1'],
    )
    expect(made.code, made.stderr).toBe(0)
    expect(made.stderr).toContain('left out: column "id", its name is one of an identifier')
    expect(made.stderr).toContain('left out: column "note", free text')
    expect(made.stdout).toContain('(regression)')
    const yaml = await readFile(path.join(directory, 'federation.yaml'), 'utf8')
    expect(yaml).toMatch(/# Left out: id: .*\n# Left out: note: /)

    const up = await fednode(
      ...['up', 'federation.yaml', '--data', 'rows.csv', '--json', '--no-report', '--out', 'run'],
    )
    expect(up.code, up.stderr).toBe(0)
    const { data } = JSON.parse(up.stdout)
    expect(data.silos).toMatchObject([
      { name: 'east', samples: 80 },
      { name: 'west', samples: 80 },
    ])
    expect(data.rounds[0].metrics.rmse).toBeGreaterThan(0)
    const heldOut = await readFile(path.join(directory, 'run/aggregator/validation.csv'), 'utf8')
    expect(heldOut.trim().split('\n')).toHaveLength(1 + 40)
    expect(await processesOf(directory)).toEqual([])
  })

  it('is checked to the end: how many cells are wrong, in which rows, without a value', async () => {
    const rows = wards(200).split('\n')
    rows[3] = '1002,east,secret,7.5,hello'
    rows[9] = '1008,east,secret,7.5,hello'
    await writeFile(path.join(directory, 'bad.csv'), rows.join('\n'))
    const args = ['data', 'check', 'bad.csv', '--manifest', 'federation.yaml']
    const checked = await fednode(...args, '--no-values', '--json')
    expect(checked.code).toBe(6)
    const { data } = JSON.parse(checked.stdout)
    expect(data.violations).toEqual([
      { column: 'x', rule: 'not-a-number', count: 2, rows: [3, 9], rough: 'not an integer' },
    ])
    expect(checked.stdout + checked.stderr).not.toContain('secret')
    expect((await fednode(...args)).stdout).toContain('first: "secret" is not an integer')
  })
})
