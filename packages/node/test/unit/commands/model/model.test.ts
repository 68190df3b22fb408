import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createJournal } from '@fednode/aggregator'
import { createEngine } from '@fednode/engine'
import {
  createBlobStore,
  decodeManifest,
  decodeSafetensors,
  encodeSafetensors,
  encodeWeights,
  formatManifestYaml,
  modelSpecOf,
} from '@fednode/protocol'
import { expect, test } from 'vitest'
import { encodeEvidence } from '../../../../../aggregator/src/evidence/encode-evidence.ts'
import { sampleEvidence } from '../../../../../aggregator/test/support/sample-evidence.ts'
import { runCli } from '../../framework/run-cli.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

const SCENARIO = `0x${'ab'.repeat(20)}`
const ROUND = 1
const OPENING = {
  reveal: new Uint8Array(32),
  block: { number: 1, hash: new Uint8Array(32), isHead: true },
}

/** The directory of an aggregator that measured one round, its model among its blobs. */
async function operator(): Promise<{ readonly dir: string; readonly yaml: string }> {
  const dir = temporaryDirectory()
  const directory = path.join(dir, 'scenarios', SCENARIO)
  mkdirSync(directory, { recursive: true })
  const sample = await sampleEvidence(2, (coalition) => Number(coalition) * 1e11)
  const manifest = decodeManifest(sample.manifestBytes)
  const engine = await createEngine({ backend: 'cpu' })
  const weights = engine.initialWeights(modelSpecOf(manifest), 1)
  const blobs = createBlobStore(path.join(directory, 'blobs'))
  const model = await blobs.put(encodeWeights(weights))
  const evidence = await blobs.put(encodeEvidence({ ...sample, round: ROUND, model }))
  const journal = createJournal(path.join(directory, 'journal.sqlite'))
  journal.beginRound(
    { round: ROUND, state: 'open', base: model, openedAt: 1, deadline: 2, ...OPENING },
    [],
  )
  journal.endRound(
    {
      ...{ round: ROUND, model, evidence, strategyState: [], void: false },
      ...{ metrics: { accuracy: 0.3 }, loss: 1, utilityBefore: 0, utilityAfter: 0.3 },
      contributions: sample.silos.map(({ silo }) => ({
        ...{ silo, shapley: 0.1, standardError: 0, share: 5e8 },
      })),
      seconds: { train: 1, transfer: 1, aggregate: 1, assess: 1 },
    },
    [],
  )
  journal.close()
  return { dir, yaml: formatManifestYaml(manifest) }
}

/** The data of a command that has to succeed. */
async function dataOf(dir: string, ...argv: readonly string[]) {
  const io = { cwd: dir }
  const { code, stdout, stderr } = await runCli(['model', ...argv, '--json'], { io })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout).data
}

/** Rows of two bytes, as the tiny federation's array data; `labels` where they are known. */
function rowsFile(dir: string, labels?: readonly number[]): string {
  const tensors = [
    { name: 'features', dtype: 'U8', shape: [2, 2], bytes: Uint8Array.of(0, 255, 255, 0) } as const,
    ...(labels === undefined
      ? []
      : [{ name: 'labels', dtype: 'U8', shape: [2], bytes: Uint8Array.from(labels) } as const]),
  ]
  const file = path.join(dir, 'rows.safetensors')
  writeFileSync(file, encodeSafetensors(tensors))
  return file
}

test('model export writes each format, readable by its owner only, and says what it wrote', async () => {
  const { dir } = await operator()
  const own = ['export', SCENARIO, '--dir', '.', '--out']
  const plain = await dataOf(dir, ...own, 'out/m.safetensors')
  expect(plain).toMatchObject({ federation: 'tiny', round: ROUND, weights: 6 })
  const file = path.join(dir, 'out/m.safetensors')
  expect([...decodeSafetensors(readFileSync(file)).keys()]).toContain('dense_1/kernel')
  expect(readFileSync(file, 'latin1')).toContain(`"scenario":"${SCENARIO}"`)
  expect(statSync(file).mode & 0o077).toBe(0)
  await dataOf(dir, ...own, 'web', '--format', 'tfjs')
  expect(JSON.parse(readFileSync(path.join(dir, 'web/model.json'), 'utf8')).format).toBe(
    'layers-model',
  )
  expect(statSync(path.join(dir, 'web/weights.bin')).size).toBe(4 * 6)
  const onnx = await dataOf(dir, ...own, 'm.onnx', '--format', 'onnx')
  expect(statSync(path.join(dir, 'm.onnx')).size).toBe(onnx.files[0].bytes)
})

test.each([
  ['onnx', 'e.safetensors', '.safetensors is not the ending of --format onnx', 'safetensors'],
  ['safetensors', 'e.ONNX', '.ONNX is not the ending of --format safetensors', 'onnx'],
  ['tfjs', 'e.onnx', '.onnx is not the ending of --format tfjs', 'onnx'],
])('model export as %s does not write %s', async (format, out, said, other) => {
  const { dir } = await operator()
  const args = ['model', 'export', SCENARIO, '--dir', '.', '--format', format, '--out', out]
  const { code, stderr } = await runCli(args, { io: { cwd: dir } })
  expect(code).toBe(2)
  expect(stderr).toContain(`--out ${out}: ${said}`)
  expect(stderr).toContain(`--format ${other} `)
  expect(existsSync(path.join(dir, out))).toBe(false)
})

const READ_IN_PYTHON = `
import sys
from safetensors import safe_open
with safe_open(sys.argv[1], 'np') as file:
    print(file.metadata()['federation'], file.get_tensor('dense_1/kernel').shape)
`
const hasPython = spawnSync('python3', ['-c', 'import safetensors, numpy']).status === 0

test.skipIf(!hasPython)(
  'an exported file opens in Python (skipped without: pip install safetensors numpy)',
  async () => {
    const { dir } = await operator()
    await dataOf(dir, 'export', '--dir', '.', '--out', 'm.safetensors')
    const file = path.join(dir, 'm.safetensors')
    const { stdout } = spawnSync('python3', ['-c', READ_IN_PYTHON, file], { encoding: 'utf8' })
    expect(stdout).toBe('tiny (2, 2)\n')
  },
)

test('model predict reads rows without a label, and measures where it is there', async () => {
  const { dir } = await operator()
  const predict = ['predict', '--dir', '.', '--data', rowsFile(dir), '--out', 'p.csv']
  const without = await dataOf(dir, ...predict)
  expect(without).toMatchObject({
    rows: 2,
    predicted: 2,
    columns: ['row', 'predicted', 'p(no)', 'p(yes)'],
  })
  expect(without.measured.unmeasured).toContain('labels')
  const [heading, first = ''] = readFileSync(path.join(dir, 'p.csv'), 'utf8').split('\n')
  expect(heading).toBe('row,predicted,p(no),p(yes)')
  const [row, predicted, no, yes] = first.split(',')
  expect(row).toBe('1')
  expect(Number(no) + Number(yes)).toBeCloseTo(1, 6)
  expect(predicted).toBe(Number(no) >= Number(yes) ? 'no' : 'yes')
  rowsFile(dir, [0, 1])
  const measured = await dataOf(dir, ...predict)
  expect(measured.measured).toMatchObject({ rows: 2, metrics: { accuracy: expect.any(Number) } })
})

test('model predict says the same of rows that it may not hold in memory', async () => {
  const { dir } = await operator()
  const rows = 40_000
  const features = Uint8Array.from({ length: 2 * rows }, (_, i) => (i * 31) % 251)
  const labels = Uint8Array.from({ length: rows }, (_, row) => row % 2)
  const tensors = [
    { name: 'features', dtype: 'U8', shape: [rows, 2], bytes: features } as const,
    { name: 'labels', dtype: 'U8', shape: [rows], bytes: labels } as const,
  ]
  writeFileSync(path.join(dir, 'many.safetensors'), encodeSafetensors(tensors))
  const predict = ['predict', '--dir', '.', '--data', 'many.safetensors', '--out']
  const { measured } = await dataOf(dir, ...predict, 'a.csv')
  const streamed = await dataOf(dir, ...predict, 'b.csv', '--memory-limit', '1KiB')
  expect(streamed).toMatchObject({ rows, predicted: rows, measured })
  expect(measured).toHaveProperty('metrics.accuracy')
  const [a, b] = ['a', 'b'].map((name) => readFileSync(path.join(dir, `${name}.csv`), 'utf8'))
  expect(b).toBe(a)
})

test('an exported file and its manifest predict the same as the directory', async () => {
  const { dir, yaml } = await operator()
  const data = rowsFile(dir)
  writeFileSync(path.join(dir, 'federation.yaml'), yaml)
  await dataOf(dir, 'export', '--dir', '.', '--out', 'm.safetensors')
  await dataOf(dir, 'predict', '--dir', '.', '--data', data, '--out', 'a.jsonl')
  const file = ['--model', 'm.safetensors', '--manifest', 'federation.yaml']
  await dataOf(dir, 'predict', ...file, '--data', data, '--out', 'b.jsonl')
  const [a, b] = ['a', 'b'].map((name) => readFileSync(path.join(dir, `${name}.jsonl`), 'utf8'))
  expect(b).toBe(a)
})

test('model card tells rounds, silos and digests, and how to verify them', async () => {
  const { dir } = await operator()
  const { file, model, silos } = await dataOf(dir, 'card', '--dir', '.', '--out', 'MODEL.md')
  expect(silos).toMatchObject([
    { silo: 'silo-00', rounds: 1, samples: 10 },
    { silo: 'silo-01', rounds: 1 },
  ])
  const card = readFileSync(file, 'utf8')
  expect(card).toContain('# Model card: tiny')
  expect(card).toContain(`| model | ${model} |`)
  expect(card).toMatch(/^\| 1 \| 0\.3000 \| 1\.0000 \| bafk?\w+ \| baf\w+ \|$/m)
  expect(card).toMatch(/^\| silo-01 \| 1 \| 10 \| 0\.2000 \| /m)
  expect(card).toContain('a round may have two silos only')
  expect(card).toContain(`fednode contrib verify ${SCENARIO}`)
})

test('what cannot be had is refused in one line', async () => {
  const { dir } = await operator()
  const io = { cwd: dir }
  const refusal = async (...argv: readonly string[]) => {
    const { code, stderr } = await runCli(['model', ...argv], { io })
    return { code, text: stderr }
  }
  const own = ['--dir', '.', '--out']
  expect(await refusal('export', ...own, 'm.safetensors', '--round', '7')).toMatchObject({
    code: 2,
    text: expect.stringContaining('Rounds that are over: 1 to 1'),
  })
  expect(await refusal('predict', ...own, 'p.xlsx', '--data', rowsFile(dir))).toMatchObject({
    code: 2,
    text: expect.stringContaining('.csv, .jsonl, .ndjson, .parquet'),
  })
  expect(await refusal('card', ...own, 'rows.safetensors/MODEL.md')).toMatchObject({
    code: 2,
    text: expect.stringContaining('cannot be written'),
  })
  expect(existsSync(path.join(dir, 'm.safetensors'))).toBe(false)
})
