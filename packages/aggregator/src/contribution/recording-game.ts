import type { Game } from './estimator.ts'

/** A coalition and its utility. */
export type RecordedUtility = { readonly coalition: bigint; readonly utility: number }

/** A game that asks another one only for what it does not know yet. */
export type RecordingGame = Game & {
  /** In the order of first evaluation. */
  evaluated(): readonly RecordedUtility[]
}

/** Remembers every utility of `game` by the coalition's bit set; each coalition is evaluated once. */
export function recordingGame(game: Game): RecordingGame {
  const known = new Map<bigint, number>()
  return {
    players: game.players,
    async utilities(coalitions) {
      const unknown = [...new Set(coalitions)].filter((coalition) => !known.has(coalition))
      const found = unknown.length === 0 ? [] : await game.utilities(unknown)
      unknown.forEach((coalition, i) => {
        known.set(coalition, found[i] ?? Number.NaN)
      })
      return coalitions.map((coalition) => known.get(coalition) ?? Number.NaN)
    },
    evaluated: () => [...known].map(([coalition, utility]) => ({ coalition, utility })),
  }
}
