import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../../src/errors.ts'
import { cidOfObject } from '../../../src/ids.ts'
import { encodeManifest } from '../../../src/manifest/encode.ts'
import { formatManifestYaml } from '../../../src/manifest/format-yaml.ts'
import { parseManifestYaml } from '../../../src/manifest/parse-yaml.ts'
import { MANIFEST, TABLE_MANIFEST } from '../sample-manifest.ts'

const yaml = formatManifestYaml(MANIFEST)
const tableYaml = formatManifestYaml(TABLE_MANIFEST)

function problemOf(text: string): string {
  try {
    parseManifestYaml(text, 'federation.yaml')
  } catch (error) {
    if (error instanceof UserError && error.info.fault === 'usage') return error.message
    throw error
  }
  return 'nothing thrown'
}

/** The YAML of a manifest with one piece of text replaced; the piece must be there. */
function change(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, to)
  expect(changed).not.toBe(text)
  return changed
}

describe('the manifest as YAML', () => {
  it('comes back from what formatManifestYaml writes, with comments for people', () => {
    expect(parseManifestYaml(yaml, 'x')).toEqual(MANIFEST)
    expect(parseManifestYaml(tableYaml, 'x')).toEqual(TABLE_MANIFEST)
    expect(yaml).toMatch(/^# .*floors|^# Floors/m)
    expect(yaml).toContain('shape: [28, 28]')
  })

  it('takes amounts, classes and categories as they are written', () => {
    const bare = change(yaml, 'perRound: "100"', 'perRound: 100.50').replace(
      /classes: .*/,
      'classes: [0, 1, 2, 3, 4, 5, 6, 7, 08, true]',
    )
    const manifest = parseManifestYaml(bare, 'x')
    expect(manifest.reward?.perRound).toBe('100.50')
    expect(manifest.data).toMatchObject({
      classes: ['0', '1', '2', '3', '4', '5', '6', '7', '08', 'true'],
    })
  })

  it.each<[string | RegExp, string, string]>([
    ['count: 8', 'count: ten', 'rounds.count: got "ten", expected an integer from 1 to 10000'],
    ['count: 8', 'count: 0', 'rounds.count: got 0, expected an integer from 1 to 10000'],
    ['count: 8', 'count: 1.5', 'rounds.count: got 1.5, expected an integer from 1 to 10000'],
    ['count: 8', 'count: .nan', 'rounds.count: got NaN, expected an integer from 1 to 10000'],
    ['  count: 8\n', '', 'rounds.count: got nothing, expected an integer from 1 to 10000'],
    [
      'count: 8',
      'count: 8\n  cuont: 8',
      'rounds.cuont: got an unknown key, expected one of the keys count, deadlineSeconds, minSilos, maxSilos, targetShare, sampleShare',
    ],
    [
      'minSilos: 3',
      'minSilos: 6',
      'rounds.minSilos: got 6, expected at most rounds.maxSilos, which is 5',
    ],
    [
      'maxSilos: 5',
      'maxSilos: 13',
      'rounds.maxSilos: got 13, expected at most 12 with contribution.estimator "exact"; "auto" takes more',
    ],
    [
      'learningRate: 0.1',
      'learningRate: 0',
      'training.learningRate: got 0, expected a number above 0, at most 10',
    ],
    [
      'optimizer: sgd',
      'optimizer: magic',
      'training.optimizer: got "magic", expected one of "sgd", "adam", "adamw", "rmsprop"',
    ],
    [
      'batchSize: 20',
      'batchSize: 4',
      'training.batchSize: got 4, expected at least privacy.minimumBatch, which is 8',
    ],
    [
      'name: digits',
      'name: ../digits',
      'name: got "../digits", expected a name of 1 to 40 characters a-z 0-9 -',
    ],
    ['version: 1', 'version: 2', 'version: got 2, expected 1'],
    [
      'perRound: "100"',
      'perRound: -1',
      'reward.perRound: got "-1", expected an amount such as "100.5" (no sign, exponent or leading zeros)',
    ],
    [
      'perRound: "100"',
      'perRound: 1e3',
      'reward.perRound: got "1e3", expected an amount such as "100.5" (no sign, exponent or leading zeros)',
    ],
    [
      'perRound: "100"',
      'perRound: [1]',
      'reward.perRound: got a list, expected an amount such as "100.5"',
    ],
    [
      'tokensPerSilo: "1000000"',
      'tokensPerSilo: 0.5',
      'market.tokensPerSilo: got "0.5", expected at least 1',
    ],
    [
      'siloBps: 8000',
      'siloBps: 8001',
      'market: got 10001, expected siloBps + poolBps + federatorBps = 10000',
    ],
    [
      'seedCurrency: "50000"',
      'seedCurrency: 0',
      'market.poolBps: got 1500, expected 0, because seedCurrency is 0',
    ],
    ['swapFee: 0.003', 'swapFee: 3', 'market.swapFee: got 3, expected a number from 0.0005 to 0.1'],
    [
      'streamSeconds: 60',
      'streamSeconds: 59',
      'reward.streamSeconds: got 59, expected an integer from 60 to 2592000',
    ],
    ['open: true', 'open: yes', 'registration.open: got "yes", expected true or false'],
    [
      'kind: array',
      'kind: video',
      'data.kind: got "video", expected one of "table", "array", "series", "text"',
    ],
    [/validation: .*/, 'validation: bafy', 'contribution.validation: got "bafy", expected a CID'],
    [
      /classes: .*/,
      'classes: [a, a, c, d, e, f, g, h, i, j]',
      'data.classes: got "a", expected every name once',
    ],
    [
      'units: 10',
      'units: 9',
      'model.layers.3.config.units: got 9, expected 10, the number of classes',
    ],
    [
      'activation: softmax',
      'activation: relu',
      'model.layers.3.config.activation: got "relu", expected "softmax" in the last layer',
    ],
  ])('says path, value and what is expected: %s as %s', (from, to, expected) => {
    expect(problemOf(change(yaml, from, to))).toBe(`federation.yaml: ${expected}`)
  })

  it.each<[string | RegExp, string, string]>([
    [
      'type: number',
      'type: date',
      'data.columns.1.type: got "date", expected one of "number", "integer", "category"',
    ],
    [
      'type: number',
      'type: category',
      'data.columns.1.categories: got nothing, expected the categories of this column, or maxCategories',
    ],
    [
      'type: category',
      'type: number',
      'data.columns.2.categories: got a list, expected none in a column of type number',
    ],
    ['column: disease', 'column: age', 'data.columns: got "age", expected every name once'],
    ['name: chol', 'name: __proto__', 'data.columns: got "__proto__", expected another name'],
    ['min: 0', 'min: 200', 'data.columns.0.min: got 200, expected at most max, which is 120'],
    [
      'deviation: 9.04',
      'deviation: 0',
      'data.columns.0.scale.deviation: got 0, expected a number above 0, at most 1.7976931348623157e+308',
    ],
    [
      'type: category',
      'type: category\n      max: 1',
      'data.columns.2: got a map, expected no min, max, scale or impute in a category column',
    ],
  ])('T17 checks the columns: %s as %s', (from, to, expected) => {
    expect(problemOf(change(tableYaml, from, to))).toBe(`federation.yaml: ${expected}`)
  })

  it('names every problem, one a line, and stops at twenty', () => {
    const two = change(change(yaml, 'count: 8', 'count: 0'), 'seed: 1', 'seed: -1')
    expect(problemOf(two).split('\n')).toHaveLength(2)
    const layers = '\n    - { className: Lambda }'.repeat(30)
    expect(problemOf(change(yaml, 'layers:', `layers:${layers}`))).toMatch(/\nand 10 more$/)
  })

  it('asks for the CID of a file as validation set', () => {
    const cid = cidOfObject(Uint8Array.of(0xa0))
    expect(problemOf(change(yaml, /validation: .*/, `validation: ${cid}`))).toMatch(/raw codec/)
  })

  it('says what is too large for a Scenario', () => {
    const columns = Array.from(
      { length: 900 },
      (_, i) => `    - { name: ${'x'.repeat(40)}${i}, type: number }\n`,
    )
    const large = change(tableYaml, '  columns:\n', `  columns:\n${columns.join('')}`)
    expect(problemOf(large)).toMatch(/^federation.yaml: a manifest of \d+ bytes, at most 24576/)
  })
})

describe('hostile YAML', () => {
  const laughs = Array.from(
    { length: 10 },
    (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(10)}]`,
  )

  it.each([
    ['a billion laughs', `a0: &a0 [x]\n${laughs.join('\n')}`, /anchors/],
    ['an alias to itself', 'a: &a [*a]', /anchors/],
    ['an anchor', 'name: &x digits', /anchors/],
    ['an alias', 'name: *x', /alias|anchor/i],
    ['a custom tag', 'name: !secret digits', /tag/i],
    ['a JavaScript tag', 'name: !!js/function "() => 1"', /tag/i],
    ['a binary tag', 'name: !!binary aGk=', /tag/i],
    ['a core tag', 'name: !!str 1', /tags \(!name\) are not allowed/],
    ['a merge key', '<<: { name: digits }', /got an unknown key/],
    ['a duplicate key', 'name: a\nname: b', /line 2: "name" stands twice/],
    ['a duplicate nested key', 'rounds:\n  count: 1\n  count: 2', /line 3: "count" stands twice/],
    ['two documents', 'name: a\n---\nname: b', /document/],
    ['a list as a key', '[a]: 1', /a key that is not a text/],
    ['a number as a key', '1: 1', /a key that is not a text/],
    ['nothing', '', /got nothing, expected a map/],
    ['a text', 'hello', /got "hello", expected a map/],
    ['a tab as indentation', 'a:\n\tb: 1', /tab/i],
    ['an unclosed list', 'a: [1', /line \d/],
    ['a NUL', 'name: "\\0digits"', /name: got "digits", expected a name/],
  ])('T16 is refused: %s', (_, text, expected) => {
    const problem = problemOf(text)
    expect(problem).toMatch(/^federation\.yaml: /)
    expect(problem).toMatch(expected)
  })

  it.each(['__proto__', 'constructor', 'prototype'])('T17 is refused with the key %s', (key) => {
    expect(problemOf(`${key}: { polluted: 1 }`)).toMatch(/line 1: the key ".*" is not allowed/)
    expect(problemOf(change(yaml, 'count: 8', `"${key}": 1`))).toMatch(/is not allowed/)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it.each([
    ['lists in lists', '['.repeat(100_000)],
    ['closed lists in lists', '['.repeat(60) + ']'.repeat(60)],
    ['maps in maps', '{a: '.repeat(50_000)],
    ['block lists', '- '.repeat(100_000)],
    ['block maps', Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['explicit keys', '? '.repeat(100_000)],
  ])('T16 is refused when it nests too deeply: %s', (_, text) => {
    expect(problemOf(text)).toMatch(/^federation\.yaml: line \d+: /)
  })

  it('T16 is refused above the size cap, unread', () => {
    expect(problemOf(`#${'x'.repeat(262_144)}`)).toMatch(/bytes, at most 262144/)
  })

  it('T16 is refused quickly when it has very many keys', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n')
    expect(problemOf(keys)).toMatch(/unknown key/)
  })

  it('T23 is told without its control characters', () => {
    const problem = problemOf(
      change(yaml, 'name: digits', 'name: "\\e[31mred\\u202e\\nfednode: all is well"'),
    )
    expect(problem).toBe(
      'federation.yaml: name: got "red fednode: all is well", expected a name of 1 to 40 characters a-z 0-9 -',
    )
    const hidden = change(yaml, 'description: Handwritten digits', 'description: "a\\u202eb"')
    expect(problemOf(hidden)).toMatch(/description: got "ab", expected plain text/)
  })

  it('throws nothing but UserError on damaged files', () => {
    const piece = fc.constantFrom(
      '&a ',
      '*a',
      '!!x ',
      '{',
      '[',
      '}',
      ']',
      ': ',
      '- ',
      '"',
      "'",
      '\n',
      '\t',
      '#',
      '|',
      '>',
      '%',
      '?',
      '\u0000',
      '<<: ',
      '---',
      '__proto__: ',
    )
    fc.assert(
      fc.property(fc.nat(yaml.length), piece, fc.nat(40), (at, text, drop) => {
        problemOf(yaml.slice(0, at) + text + yaml.slice(at + drop))
      }),
      { numRuns: 400 },
    )
  })

  it('never gives a manifest that cannot be encoded', () => {
    expect(encodeManifest(parseManifestYaml(tableYaml, 'x')).bytes.length).toBeGreaterThan(0)
  })
})
