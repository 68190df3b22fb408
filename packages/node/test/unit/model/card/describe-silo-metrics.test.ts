import { expect, test } from 'vitest'
import type { CardFacts } from '../../../../src/model/card/card-facts.ts'
import { describeSiloMetrics } from '../../../../src/model/card/describe-silo-metrics.ts'
import { manifest } from '../../silo/harness.ts'

const TOTAL = { value: 0, standardError: 0, share: 0 }

function factsOf(evaluation: object, silos: CardFacts['silos']): CardFacts {
  const found = { manifest: { ...manifest, ...evaluation } } as CardFacts['found']
  return { found, silos, rounds: [], withoutEvidence: [] }
}

test('says that no silo was asked to measure, or that none did', () => {
  expect(describeSiloMetrics(factsOf({}, []))).toEqual([expect.stringContaining('asks no silo')])
  const silent = [{ silo: 'north', rounds: 1, samples: 10, total: TOTAL }]
  expect(describeSiloMetrics(factsOf({ evaluation: { share: 0.2 } }, silent))).toEqual([
    'No silo has stated metrics yet.',
  ])
})

test('lists what each silo stated last, and of which model', () => {
  const silos = [
    { name: 'north', round: 3, metrics: { accuracy: '0.75', auc: '0.8' } },
    { name: 'south', round: 1, metrics: { accuracy: '0.5' } },
  ].map(({ name, ...measured }) => ({
    ...{ silo: name, rounds: 3, samples: 10, total: TOTAL },
    measured,
  }))
  const [note, table = ''] = describeSiloMetrics(factsOf({ evaluation: { share: 0.2 } }, silos))
  expect(note).toContain('nobody can check them')
  expect(table.split('\n')).toEqual([
    '| silo | model of round | accuracy | AUC |',
    '| --- | --- | --- | --- |',
    '| north | 2 | 0.75 | 0.8 |',
    '| south | none yet, as it began | 0.5 | \\- |',
  ])
})
