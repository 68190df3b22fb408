import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ENGINE = new URL('../../packages/engine/src/index.ts', import.meta.url).href
const MIB = 1_048_576
const ROWS = 100_000
const TOKENS = 1_000
/** Bytes of all rows as a model sees them: 381 MiB. */
const FEATURES = ROWS * TOKENS * Float32Array.BYTES_PER_ELEMENT
/** What V8 may have for its objects, and features in memory; the process itself takes some 200 MiB. */
const HEAP_MIB = 64
const ROWS_MIB = 16

/** One epoch over texts, most of whose places stay empty; prints rows, loss, and how much memory the process ever had. */
const TRAIN = `
  import process from 'node:process'
  const [engineUrl, source, directory, memoryMiB] = process.argv.slice(1)
  const { createEngine, loadTrainingRows } = await import(engineUrl)
  const data = {
    kind: 'text', column: 'words', tokens: ${TOKENS}, buckets: 50,
    label: { column: 'mood', classes: ['bad', 'good'] },
  }
  const room = { directory, memoryBytes: memoryMiB * ${MIB} }
  const { dataset } = await loadTrainingRows(source, data, room)
  const model = {
    topology: { className: 'Sequential', layers: [
      { className: 'Dense', config: { units: 2, activation: 'softmax', useBias: true } },
    ] },
    featureShape: [${TOKENS}], objective: { kind: 'classes', classes: 2 },
  }
  const engine = await createEngine({ backend: 'wasm' })
  const plan = { optimizer: 'sgd', learningRate: 0.001, batchSize: 500, epochs: 1 }
  const base = engine.initialWeights(model, 1)
  const { loss, samples } = await engine.train(model, base, dataset, { plan, seed: 1 })
  console.log(JSON.stringify({ loss, samples, peakBytes: process.resourceUsage().maxRSS * 1024 }))`

describe('a data set larger than memory', () => {
  let directory: string
  let source: string

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'fednode-streamed-'))
    source = path.join(directory, 'texts.csv')
    const lines = Array.from({ length: ROWS }, (_, i) => (i % 2 === 0 ? 'a,bad' : 'b c,good'))
    await writeFile(source, ['words,mood', ...lines, ''].join('\n'))
  })
  afterAll(() => rm(directory, { recursive: true, force: true }))

  it('trains in a part of the memory that its rows would take', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...[`--max-old-space-size=${HEAP_MIB}`, '--input-type=module', '--eval', TRAIN],
      ...[ENGINE, source, directory, String(ROWS_MIB)],
    ])
    const { loss, samples, peakBytes } = JSON.parse(stdout)
    expect(samples).toBe(ROWS)
    expect(loss).toBeLessThan(0.5)
    expect(peakBytes).toBeLessThan(FEATURES)
  })
})
