import { describe, expect, it } from 'vitest'
import { splitRows } from '../../../src/training/split-rows.ts'
import type { Dataset, TrainingRows } from '../../../src/types.ts'

/** Rows whose one feature is their number. */
function rowsOf(groups: readonly number[] | undefined, count = groups?.length ?? 10): Dataset {
  return {
    ...{ count, featureShape: [1], featureScale: 1 },
    features: Float32Array.from({ length: count }, (_, row) => row),
    targets: { kind: 'reconstruction' },
    ...(groups && { groups: Int32Array.from(groups) }),
  }
}

function numbersOf(rows: TrainingRows): readonly number[] {
  return 'features' in rows ? [...rows.features] : []
}

async function split(data: Dataset, rule: Parameters<typeof splitRows>[1]) {
  const { trained, held } = await splitRows(data, rule)
  return { trained: numbersOf(trained), held: numbersOf(held) }
}

describe('splitting rows', () => {
  it('draws rows by the seed, each on one side', async () => {
    const { trained, held } = await split(rowsOf(undefined), { share: 0.3, seed: 1 })
    expect(held).toHaveLength(3)
    expect([...trained, ...held].sort((a, b) => a - b)).toEqual([...Array(10).keys()])
    expect(await split(rowsOf(undefined), { share: 0.3, seed: 1 })).toEqual({ trained, held })
  })

  it('keeps groups whole', async () => {
    const groups = [0, 1, 2, 0, 1, 2, 0, 1, 2]
    const { trained, held } = await split(rowsOf(groups), { share: 0.3, seed: 4 })
    const groupsOf = (rows: readonly number[]) => new Set(rows.map((row) => groups[row]))
    expect(groupsOf(held).size).toBe(1)
    expect(groupsOf(trained).size).toBe(2)
  })

  it('holds back the last windows of every group, and trains on none that overlaps with them', async () => {
    const groups = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    const rule = { share: 0.2, seed: 1, overlap: 2 }
    expect(await split(rowsOf(groups), rule)).toEqual({ trained: [0, 1, 5, 6], held: [4, 9] })
    expect(await split(rowsOf(undefined), rule)).toEqual({
      trained: [0, 1, 2, 3, 4, 5],
      held: [8, 9],
    })
  })

  it.each([
    ['one row', rowsOf(undefined, 1), {}],
    ['one group', rowsOf([3, 3, 3]), {}],
    ['windows that all overlap', rowsOf(undefined, 4), { overlap: 4 }],
  ])('refuses %s', async (_, data, rule) => {
    const splitting = splitRows(data, { share: 0.5, seed: 1, ...rule })
    await expect(splitting).rejects.toMatchObject({ code: 'BAD_PLAN' })
  })
})
