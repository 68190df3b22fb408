import { encodeAbiParameters, type Hex, hexToBigInt, keccak256, numberToHex } from 'viem'

const HALF_WORD = 128n

/** A draw of validators: ITaskRegistry.RoundDrawn says the seed, ValidatorSeated the stakes (weights) in the order of seats. */
export type AssignmentDraw = {
  readonly seed: Hex
  readonly stakes: readonly bigint[]
  readonly models: bigint
  /** Validators per model. */
  readonly seats: bigint
}

/** Assignment.draw: for each seat the models that it scores, one bit each, lowest first. */
export function drawAssignments({
  seed,
  stakes,
  models,
  seats,
}: AssignmentDraw): readonly bigint[] {
  const weights = stakes.map(squareRoot)
  const assigned = stakes.map(() => 0n)
  for (let model = 0n; model < models; model++) {
    for (const seat of drawFor(weights, hashOf(seed, model), seats)) {
      assigned[seat] = (assigned[seat] ?? 0n) | (1n << model)
    }
  }
  return assigned
}

/** Without replacement, by weight. */
function drawFor(weights: readonly bigint[], seed: Hex, seats: bigint): readonly number[] {
  const drawn: number[] = []
  for (let k = 0n; k < seats; k++) {
    const free = weights.map((weight, seat) => (drawn.includes(seat) ? 0n : weight))
    const left = free.reduce((a, b) => a + b, 0n)
    if (left === 0n) break
    let point = ((hexToBigInt(hashOf(seed, k)) >> HALF_WORD) * left) >> HALF_WORD
    const seat = free.findIndex((weight) => {
      if (point < weight) return true
      point -= weight
      return false
    })
    drawn.push(seat)
  }
  return drawn
}

function hashOf(seed: Hex, index: bigint): Hex {
  const types = [{ type: 'bytes32' }, { type: 'uint256' }] as const
  return keccak256(encodeAbiParameters(types, [seed, index]))
}

/** Rounded down, by Newton's method. */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value
  let root = 1n << BigInt(Math.ceil(numberToHex(value).length * 2))
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}
