import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../packages/engine/src/index.ts'
import { decodeSafetensors, encodeWeights } from '../../packages/protocol/src/index.ts'
import { processesOf } from './processes-of.ts'
import { startCli } from './start-cli.ts'
import { tinyTable } from './tiny-table.ts'

const SILOS = ['north', 'south']

describe('a federation that starts from a given model, with adapters and personal layers', () => {
  let directory: string
  let start: Uint8Array

  /** The data of a command that has to succeed. */
  async function dataOf(...args: string[]) {
    const cli = startCli([...args, '--json'], directory)
    expect(await cli.code, `${args.join(' ')}: ${cli.stderr()}${cli.stdout()}`).toBe(0)
    return JSON.parse(cli.stdout()).data
  }

  /** Tensors of the last model of a directory, as text by name. */
  async function exported(home: string, name: string): Promise<ReadonlyMap<string, string>> {
    const out = `${name}.safetensors`
    await dataOf('model', 'export', '--dir', home, '--format', 'safetensors', '--out', out)
    const tensors = decodeSafetensors(await readFile(path.join(directory, out)))
    return new Map(
      [...tensors].map(([tensor, { bytes }]) => [tensor, Buffer.from(bytes).toString('hex')]),
    )
  }

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'fednode-adaptation-'))
    await writeFile(path.join(directory, 'held-out.csv'), tinyTable(120, 1))
    for (const [index, name] of SILOS.entries())
      await writeFile(path.join(directory, `${name}.csv`), tinyTable(100, index + 2))
    const engine = await createEngine({ backend: 'cpu' })
    const layers = [
      { className: 'Dense', config: { units: 8, activation: 'relu' } },
      { className: 'Dense', config: { units: 2, activation: 'softmax' } },
    ] as const
    const model = {
      topology: { className: 'Sequential', layers },
      featureShape: [2],
      objective: { kind: 'classes', classes: 2 },
    } as const
    start = encodeWeights(engine.initialWeights(model, 3))
    engine.dispose()
    await writeFile(path.join(directory, 'start.safetensors'), start)
    const peers: string[] = []
    for (const name of ['operator', ...SILOS])
      peers.push(String((await dataOf('init', '--dir', name)).peerId))
    const members = SILOS.flatMap((name, index) => ['--member', `${name}=${peers[index + 1]}`])
    const terms = ['--no-chain', '--aggregator', String(peers[0]), '--rounds', '2', ...members]
    const given = ['--hidden', '8', '--start', 'start.safetensors']
    await dataOf(
      'federation',
      'init',
      '--data',
      'held-out.csv',
      '--label',
      'ill',
      ...given,
      ...terms,
    )
    const file = path.join(directory, 'federation.yaml')
    const yaml = await readFile(file, 'utf8')
    const parts = 'freeze: [dense_1]\n  adapters: { rank: 2 }\n  personal: [dense_2]'
    await writeFile(file, yaml.replace(/^( {2}start: .*)$/m, `$1\n  ${parts}`))
  })

  afterAll(async () => {
    for (const { pid } of await processesOf(directory)) process.kill(pid, 'SIGKILL')
    await rm(directory, { recursive: true, force: true })
  })

  it('moves adapters only, leaves what is personal at its silo, and is verified round by round', async () => {
    const rows = SILOS.flatMap((name) => ['--data', `${name}=${name}.csv`])
    const files = [...rows, '--validation', 'held-out.csv', '--start', 'start.safetensors']
    const run = await dataOf('up', 'federation.yaml', ...files, '--out', 'run', '--keep')
    expect(run.rounds).toHaveLength(2)
    const verified = await dataOf(
      ...['contrib', 'verify', '--dir', 'run/aggregator', '--data', 'held-out.csv'],
    )
    expect(verified).toMatchObject({ passed: true, recomputed: true })
    const [north, south] = await Promise.all(
      SILOS.map((name) => exported(`run/silos/${name}`, name)),
    )
    const everybodys = await exported('run/aggregator', 'everybodys')
    const given = decodeSafetensors(start)
    const givenHead = Buffer.from(given.get('dense_2/kernel')?.bytes ?? []).toString('hex')
    // The aggregator never had a head but the given one; each silo has its own.
    expect(everybodys.get('dense_2/kernel')).toBe(givenHead)
    expect(north?.get('dense_2/kernel')).not.toBe(givenHead)
    expect(north?.get('dense_2/kernel')).not.toBe(south?.get('dense_2/kernel'))
    // The adapted layer is the same everywhere, and not as given; its bias is.
    expect(north?.get('dense_1/kernel')).toBe(everybodys.get('dense_1/kernel'))
    const [kernel, bias] = ['dense_1/kernel', 'dense_1/bias'].map((name) =>
      Buffer.from(given.get(name)?.bytes ?? []).toString('hex'),
    )
    expect(everybodys.get('dense_1/kernel')).not.toBe(kernel)
    expect(everybodys.get('dense_1/bias')).toBe(bias)
  })
})
