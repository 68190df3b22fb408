import type { SiloName } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { comFedSvOf } from '../../../src/evidence/comfedsv-of.ts'
import type { Evidence } from '../../../src/evidence/evidence.ts'
import { namesOf, sampleEvidence } from '../../support/sample-evidence.ts'

const [A, B, C] = namesOf(3) as [SiloName, SiloName, SiloName]

/** What each silo adds in every round. */
const ADDED = new Map([
  [A, 1e11],
  [B, 2e11],
  [C, 4e11],
])

/** A round of these silos. */
async function roundOf(names: readonly SiloName[]): Promise<Evidence> {
  const evidence = await sampleEvidence(names.length, (coalition) =>
    names.reduce(
      (sum, name, i) => sum + Number((coalition >> BigInt(i)) & 1n) * (ADDED.get(name) ?? 0),
      0,
    ),
  )
  const silos = evidence.silos.map((entry, i) => ({ ...entry, silo: names[i] ?? entry.silo }))
  return { ...evidence, silos }
}

test('with everybody in every round they are the sums of the values', async () => {
  const rounds = [await roundOf([A, B, C]), await roundOf([A, B, C])]
  expect(comFedSvOf(rounds)).toEqual([
    { silo: A, rounds: 2, value: expect.closeTo(0.2) },
    { silo: B, rounds: 2, value: expect.closeTo(0.4) },
    { silo: C, rounds: 2, value: expect.closeTo(0.8) },
  ])
})

test('a silo that missed a round is valued in it all the same, under its own name', async () => {
  const rounds = [await roundOf([A, B, C]), await roundOf([A, B, C]), await roundOf([A, C])]
  const completed = comFedSvOf(rounds)
  expect(completed.map(({ silo, rounds: count }) => [silo, count])).toEqual([
    [A, 3],
    [B, 2],
    [C, 3],
  ])
  const [a = 0, b = 0, c = 0] = completed.map(({ value }) => value)
  expect(a).toBeLessThan(b)
  expect(b).toBeLessThan(c)
})

test('rounds without measurement do not count, and none at all is nothing', async () => {
  const round = await roundOf([A, B, C])
  const idle: Evidence = { ...round, coalitions: new Uint8Array(), utilitiesPico: [], silos: [] }
  expect(comFedSvOf([round, idle])[0]?.rounds).toBe(1)
  expect(comFedSvOf([idle])).toEqual([])
})

test('without a round of all silos nothing ties the rounds together', async () => {
  expect(() => comFedSvOf([])).not.toThrow()
  const parts = [await roundOf([A, B]), await roundOf([B, C])]
  expect(() => comFedSvOf(parts)).toThrow(expect.objectContaining({ code: 'COALITIONS_UNKNOWN' }))
})
