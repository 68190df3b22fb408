import { toPico } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { classValuesOf } from '../../../src/evidence/class-values-of.ts'
import { decodeCoalitions } from '../../../src/evidence/coalition-bytes.ts'
import { sampleEvidence } from '../../support/sample-evidence.ts'

/** Recall of two classes: of the first, silo i adds (i + 1) / 10; the second nobody changes. */
function recalls(coalition: bigint): readonly number[] {
  const added = [0.1, 0.2, 0.3].filter((_, i) => (coalition >> BigInt(i)) & 1n)
  return [added.reduce((sum, value) => sum + value, 0), 0.5]
}

async function classwise() {
  const evidence = await sampleEvidence(3, (coalition) => toPico(recalls(coalition)[0] ?? 0))
  const coalitions = decodeCoalitions(evidence.coalitions, 3)
  const classesPico = coalitions.map((coalition) => recalls(coalition).map(toPico))
  return { ...evidence, classesPico }
}

test('the values per class follow from the bundle alone', async () => {
  expect(await classValuesOf(await classwise())).toEqual([
    [expect.closeTo(0.1), expect.closeTo(0.2), expect.closeTo(0.3)],
    [expect.closeTo(0), expect.closeTo(0), expect.closeTo(0)],
  ])
})

test('a round without classes, and a void one, has none', async () => {
  const { classesPico: _, ...without } = await classwise()
  expect(await classValuesOf(without)).toBeUndefined()
  expect(await classValuesOf({ ...without, classesPico: [] })).toBeUndefined()
})
