import { describe, expect, it } from 'vitest'
import { recordingGame } from '../../../src/contribution/recording-game.ts'

describe('recordingGame', () => {
  it('asks for each coalition once and keeps the order of first evaluation', async () => {
    const asked: bigint[][] = []
    const recorded = recordingGame({
      players: 3,
      utilities: async (coalitions) => {
        asked.push([...coalitions])
        return coalitions.map((coalition) => Number(coalition) / 10)
      },
    })
    expect(await recorded.utilities([5n, 2n, 5n])).toEqual([0.5, 0.2, 0.5])
    expect(await recorded.utilities([2n, 1n])).toEqual([0.2, 0.1])
    expect(await recorded.utilities([1n])).toEqual([0.1])
    expect(asked).toEqual([[5n, 2n], [1n]])
    expect(recorded.evaluated()).toEqual([
      { coalition: 5n, utility: 0.5 },
      { coalition: 2n, utility: 0.2 },
      { coalition: 1n, utility: 0.1 },
    ])
  })
})
