import { describe, expect, it } from 'vitest'
import { explainManifest } from '../../../src/manifest/explain.ts'
import { groupThousands, shareOfAmount } from '../../../src/manifest/numbers-text.ts'
import { MANIFEST, TABLE_MANIFEST } from '../sample-manifest.ts'

const textOf = (label: string, ...args: Parameters<typeof explainManifest>): string =>
  explainManifest(...args)
    .filter((line) => line.label === label)
    .map(({ text }) => text)
    .join('\n')

describe('a manifest in plain words', () => {
  it('says what is predicted, by what, and what leaves', () => {
    expect(textOf('Task', MANIFEST)).toBe('predict the class (10 classes) of arrays of 28 x 28')
    expect(textOf('Task', TABLE_MANIFEST)).toBe('predict disease (no/yes) from 3 columns')
    expect(textOf('Model', MANIFEST)).toMatch(
      /^fully connected, hidden layers of 200 and 200, 199,210 weights; no code/,
    )
    expect(textOf('Model', TABLE_MANIFEST)).toMatch(/^logistic regression, 10 weights/)
    expect(textOf('Leaves here each round', MANIFEST)).toMatch(
      /^199,210 numbers \(the trained weights\), row count, local loss/,
    )
    expect(textOf('Never leaves', MANIFEST)).toBe('rows, identifiers, predictions')
  })

  it('says rounds and rewards with their units', () => {
    expect(textOf('Rounds', MANIFEST)).toBe(
      '8, at most 60 s each, 3 to 5 silos; you may leave at any time',
    )
    expect(textOf('Reward', MANIFEST, { currency: 'EUR' })).toBe(
      '100 EUR a round, shared by measured contribution, paid over 60 s to whoever holds your tokens; you receive 800,000 of them',
    )
  })

  it('says what a contribution is measured in', () => {
    const contribution = { ...MANIFEST.contribution, utility: 'accuracy' as const }
    expect(textOf('Contribution', { ...MANIFEST, contribution })).toBe(
      "Shapley value, exact: what your update adds to the accuracy on the federator's held-out rows",
    )
    const loss = { ...contribution, utility: 'negative-loss' as const }
    expect(textOf('Contribution', { ...MANIFEST, contribution: loss })).toBe(
      "Shapley value, exact: what your update takes off the loss on the federator's held-out rows",
    )
  })

  it('says what becomes of the own data', () => {
    const data = { file: 'cleveland.csv', rows: 303, usable: 297 }
    expect(textOf('Your data', TABLE_MANIFEST, { data })).toBe(
      'cleveland.csv, 303 rows: 297 usable, 6 with missing values left out (policy: drop)',
    )
    expect(textOf('Your data', MANIFEST)).toBe('')
  })

  it('T23 shows nothing but printable text', () => {
    const data = { file: '\u001b[2Jx\u202e.csv', rows: 3, usable: 3 }
    expect(textOf('Your data', MANIFEST, { data })).toBe('x.csv, 3 rows, all usable')
  })

  it('T37 ends with what to beware of', () => {
    const training = { ...MANIFEST.training, batchSize: 4 }
    expect(explainManifest({ ...MANIFEST, training }).at(-1)).toEqual({
      label: 'Beware',
      text: 'batch of 4 rows: updates of so few rows can reveal them; ask for 16 or more',
    })
    expect(textOf('Beware', MANIFEST)).toBe('')
  })
})

describe('numbers for people', () => {
  it('have their thousands grouped', () => {
    expect([0, 999, 1_000, 1_234_567].map(groupThousands)).toEqual([
      '0',
      '999',
      '1,000',
      '1,234,567',
    ])
    expect(groupThousands('1234.50')).toBe('1,234.50')
  })

  it('are shared exactly', () => {
    expect(shareOfAmount('1000000', 8_000)).toBe('800000')
    expect(shareOfAmount('100.5', 2_500)).toBe('25.125')
    expect(shareOfAmount('0.000000000000000001', 1)).toBe('0.0000000000000000000001')
    expect(shareOfAmount('7', 0)).toBe('0')
  })
})

it('says which share of the rows a silo measures models on', () => {
  const text = textOf('You also state', { ...MANIFEST, evaluation: { share: 0.2 } })
  expect(text).toContain('20 % of your rows, which are never trained on')
  expect(text).toContain('nothing where they are fewer than 10 rows')
  expect(explainManifest(MANIFEST).map(({ label }) => label)).not.toContain('You also state')
})
