/** FedAvg in one process: what one silo makes of the incoming weights, and its training rows. */
export type LocalTraining = {
  readonly samples: number
  train(base: Float32Array, round: number): Promise<Float32Array>
}

/** One round: the incoming weights and every silo's. */
export type PlayedRound = {
  readonly base: Float32Array
  readonly updates: readonly Float32Array[]
}

/** Plays rounds of sample-weighted FedAvg; all of them come back, the first at index 0. */
export async function playRounds(
  silos: readonly LocalTraining[],
  initial: Float32Array,
  rounds: number,
): Promise<readonly PlayedRound[]> {
  const played: PlayedRound[] = []
  let base = initial
  const all = (1 << silos.length) - 1
  const samples = silos.map((silo) => silo.samples)
  for (let round = 1; round <= rounds; round++) {
    const updates: Float32Array[] = []
    for (const silo of silos) updates.push(await silo.train(base, round))
    played.push({ base, updates })
    base = weightedModel(updates, coefficientsOf(all, samples))
  }
  return played
}

/** Each silo's part in the sample-weighted mean of a coalition; all 0 for the empty one. */
export function coefficientsOf(coalition: number, samples: readonly number[]): Float64Array {
  const parts = Float64Array.from(samples, (rows, i) => ((coalition >> i) & 1 ? rows : 0))
  const total = parts.reduce((sum, rows) => sum + rows, 0)
  return total === 0 ? parts : parts.map((rows) => rows / total)
}

function weightedModel(updates: readonly Float32Array[], coefficients: Float64Array): Float32Array {
  return Float32Array.from(updates[0] ?? [], (_, at) =>
    updates.reduce((sum, update, i) => sum + (coefficients[i] ?? 0) * (update[at] ?? 0), 0),
  )
}
