import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createRunDirectory,
  RUNS_WITH_WEIGHTS,
  type RunDirectory,
  trimOldRuns,
  trimRunDirectory,
} from '../../../src/local/run-directory.ts'

const START = Date.UTC(2026, 0, 2, 3, 4, 5)

describe('the directory of a run', () => {
  let cwd: string

  beforeEach(async () => {
    cwd = await mkdtemp(path.join(tmpdir(), 'fednode-runs-'))
  })

  afterEach(() => rm(cwd, { recursive: true }))

  const blobsOf = ({ aggregator }: RunDirectory): string =>
    path.join(aggregator, 'scenarios', '0xab', 'blobs')

  const makeRun = async (second: number, out?: string): Promise<RunDirectory> => {
    const directory = await createRunDirectory({ cwd, out, now: START + 1000 * second })
    await mkdir(blobsOf(directory), { recursive: true })
    await writeFile(path.join(blobsOf(directory), 'update'), 'weights')
    await writeFile(directory.report, 'report')
    return directory
  }

  it('is another one for each run, also within one second', async () => {
    const runs = []
    for (let number = 0; number < 3; number++) runs.push(await makeRun(0))
    expect(runs.map(({ root }) => path.basename(root))).toEqual([
      '2026-01-02T03-04-05',
      '2026-01-02T03-04-05-2',
      '2026-01-02T03-04-05-3',
    ])
  })

  it('keeps the weights of the newest runs only, and every report', async () => {
    const runs = []
    // The first and the eleventh within one second.
    for (let number = 0; number < 11; number++) runs.push(await makeRun(0))
    for (const run of runs) await trimRunDirectory(run)
    expect(await trimOldRuns(cwd)).toBe(11 - RUNS_WITH_WEIGHTS)
    expect(runs.filter((run) => existsSync(blobsOf(run)))).toEqual(runs.slice(-RUNS_WITH_WEIGHTS))
    expect(runs.every(({ report }) => existsSync(report))).toBe(true)
    expect(await trimOldRuns(cwd)).toBe(0)
  })

  it('leaves alone what goes on, what was told to stay, and what is not its own', async () => {
    const kept = await makeRun(0)
    const named = await makeRun(0, '.fednode/runs/mine')
    await trimRunDirectory(named)
    for (let second = 1; second <= 4; second++) await trimRunDirectory(await makeRun(second))
    expect(await trimOldRuns(cwd)).toBe(1)
    expect([kept, named].every((run) => existsSync(blobsOf(run)))).toBe(true)
  })

  it('needs no runs to be tidied', async () => {
    expect(await trimOldRuns(cwd)).toBe(0)
  })
})
