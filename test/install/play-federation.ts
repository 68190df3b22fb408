import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { z } from 'zod'
import { processesOf } from '../e2e/processes-of.ts'
import { tinyTable } from '../e2e/tiny-table.ts'
import type { Installed } from './install-tarball.ts'

const ROUNDS = 2
const SILOS = ['north', 'south']
/** The two classes of the table are far apart. */
const MIN_ACCURACY = 0.7

const documentSchema = z.object({
  status: z.literal('ok'),
  data: z.object({
    silos: z.array(z.object({ name: z.string() })),
    rounds: z.array(z.object({ accuracy: z.number() })),
  }),
})

/** What came of the federation. */
export type Played = { readonly silos: number; readonly rounds: number; readonly accuracy: number }

/**
 * Runs the installed command as an administrator would, with nothing on the PATH but Node: version, manifest, a whole federation.
 * @throws {AssertionError} when anything is not as it should be.
 */
export async function playFederation({ bin }: Installed, directory: string): Promise<Played> {
  const fednode = (...args: string[]): string =>
    execFileSync(bin, args, {
      cwd: directory,
      encoding: 'utf8',
      env: { PATH: path.dirname(process.execPath), HOME: directory },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  assert.match(fednode('--version'), /^\d+\.\d+\.\d+\n$/)
  writeFileSync(path.join(directory, 'held-out.csv'), tinyTable(200, 1))
  for (const [index, name] of SILOS.entries()) {
    writeFileSync(path.join(directory, `${name}.csv`), tinyTable(150, index + 2))
  }
  fednode('federation', 'init', '--data', 'held-out.csv', '--label', 'ill', '--market', '500')
  const data = SILOS.flatMap((name) => ['--data', `${name}=${name}.csv`])
  const validation = ['--validation', 'held-out.csv', '--rounds', String(ROUNDS)]
  const out = ['--json', '--log-level', 'error', '--out', 'run']
  const text = fednode('up', 'federation.yaml', ...validation, ...data, ...out)
  const { silos, rounds } = documentSchema.parse(JSON.parse(text)).data
  assert.deepEqual(
    silos.map(({ name }) => name),
    SILOS,
  )
  assert.equal(rounds.length, ROUNDS)
  const accuracy = rounds.at(-1)?.accuracy ?? 0
  assert.ok(accuracy > MIN_ACCURACY, `accuracy ${accuracy}`)
  assert.deepEqual(await processesOf(path.join(directory, 'run')), [], 'a process was left behind')
  return { silos: silos.length, rounds: rounds.length, accuracy }
}
