import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
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

const FINISHED = { finished: true }
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
    for (const run of runs) await trimRunDirectory(run, FINISHED)
    expect(await trimOldRuns(cwd)).toBe(11 - RUNS_WITH_WEIGHTS)
    expect(runs.filter((run) => existsSync(blobsOf(run)))).toEqual(runs.slice(-RUNS_WITH_WEIGHTS))
    expect(runs.every(({ report }) => existsSync(report))).toBe(true)
    expect(await trimOldRuns(cwd)).toBe(0)
  })

  it('keeps the held-out rows of a finished run where the aggregator’s are verified', async () => {
    const kept = (run: RunDirectory): string => path.join(run.aggregator, 'validation.safetensors')
    for (const finished of [true, false]) {
      const run = await makeRun(finished ? 1 : 2)
      await writeFile(path.join(run.data, 'validation.safetensors'), 'rows')
      await trimRunDirectory(run, { finished })
      expect(existsSync(kept(run))).toBe(finished)
      expect(existsSync(run.data)).toBe(false)
    }
  })

  it('leaves alone what goes on, what was told to stay, and what is not its own', async () => {
    const kept = await makeRun(0)
    const named = await makeRun(0, '.fednode/runs/mine')
    await trimRunDirectory(named, FINISHED)
    for (let second = 1; second <= 4; second++)
      await trimRunDirectory(await makeRun(second), FINISHED)
    expect(await trimOldRuns(cwd)).toBe(1)
    expect([kept, named].every((run) => existsSync(blobsOf(run)))).toBe(true)
  })

  it('keeps no weights of a run that was stopped, which so pushes out no other', async () => {
    const runs = []
    for (let second = 0; second < RUNS_WITH_WEIGHTS; second++) runs.push(await makeRun(second))
    for (const run of runs) await trimRunDirectory(run, FINISHED)
    const stopped = await makeRun(10)
    await trimRunDirectory(stopped, { finished: false })
    expect(existsSync(blobsOf(stopped))).toBe(false)
    expect(existsSync(stopped.logs)).toBe(true)
    expect(await trimOldRuns(cwd)).toBe(0)
  })

  it.each(['data', 'silos'])(
    'is refused where it would remove a directory %s of the user',
    async (name) => {
      const own = path.join(cwd, 'mine', name, 'a.csv')
      await mkdir(path.dirname(own), { recursive: true, mode: 0o755 })
      await writeFile(own, 'precious')
      const refused = createRunDirectory({ cwd, out: 'mine', now: START })
      await expect(refused).rejects.toMatchObject({
        info: { code: 'OUT_IN_USE', fault: 'usage' },
      })
      expect(existsSync(own)).toBe(true)
    },
  )

  it('takes a directory again that an earlier run left, and leaves the mode of what was there', async () => {
    await mkdir(path.join(cwd, 'again'), { mode: 0o755 })
    for (let number = 0; number < 2; number++) {
      await trimRunDirectory(await makeRun(0, 'again'), FINISHED)
    }
    expect((await stat(path.join(cwd, 'again'))).mode & 0o777).toBe(0o755)
    expect((await stat(path.join(cwd, 'again', 'logs'))).mode & 0o077).toBe(0)
  })

  it('needs no runs to be tidied', async () => {
    expect(await trimOldRuns(cwd)).toBe(0)
  })
})
