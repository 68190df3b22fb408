import type { StrategySpec } from '@fednode/protocol'

/** One update of the reference: plain numbers. */
export type ReferenceUpdate = {
  readonly silo: string
  readonly values: readonly number[]
  readonly samples: number
  readonly steps: number
}

/** A round of the reference. */
export type ReferenceRound = {
  readonly base: readonly number[]
  /** In ascending silo order. */
  readonly updates: readonly ReferenceUpdate[]
  readonly state: ReadonlyMap<string, readonly number[]>
  readonly localLearningRate: number
  readonly clients: number
}

type Vector = readonly number[]
type Outcome = { readonly values: Vector; readonly state: ReadonlyMap<string, Vector> }
type Spec<Name extends StrategySpec['name']> = Extract<StrategySpec, { name: Name }>

const add = (a: Vector, b: Vector): Vector => a.map((x, k) => x + (b[k] ?? 0))
const scale = (a: Vector, factor: number): Vector => a.map((x) => factor * x)
const subtract = (a: Vector, b: Vector): Vector => add(a, scale(b, -1))
const norm = (a: Vector): number => Math.hypot(...a)
const dot = (a: Vector, b: Vector): number => a.reduce((sum, x, k) => sum + x * (b[k] ?? 0), 0)
const total = (values: Vector): number => values.reduce((sum, value) => sum + value, 0)
const middle = (values: Vector): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return (
    ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) +
      (sorted[Math.floor(sorted.length / 2)] ?? 0)) /
    2
  )
}
const combine = (vectors: readonly Vector[], weights: Vector): Vector =>
  vectors.map((vector, i) => scale(vector, weights[i] ?? 0)).reduce(add)
const average = (vectors: readonly Vector[]): Vector =>
  combine(
    vectors,
    vectors.map(() => 1 / vectors.length),
  )

/** Every strategy as its paper writes it, on whole vectors in f64: what the streaming implementation is compared with. */
export function referenceRound(spec: StrategySpec, round: ReferenceRound): Outcome {
  switch (spec.name) {
    case 'fedavg':
    case 'fedprox':
      return { values: add(round.base, meanChange(spec, round)), state: new Map() }
    case 'fednova':
      return { values: fednova(spec, round), state: new Map() }
    case 'fedavgm':
      return fedavgm(spec, round)
    case 'fedadagrad':
    case 'fedadam':
    case 'fedyogi':
      return adaptive(spec, round)
    case 'scaffold':
      return scaffold(spec, round)
    case 'median':
      return { values: columns(round).map(middle), state: new Map() }
    case 'trimmed-mean':
      return { values: trimmedMean(spec, round), state: new Map() }
    case 'krum':
      return { values: multiKrum({ ...spec, keep: 1 }, round), state: new Map() }
    case 'multi-krum':
      return { values: multiKrum(spec, round), state: new Map() }
    case 'bulyan':
      return { values: bulyan(spec, round), state: new Map() }
    case 'geometric-median':
      return { values: geometricMedian(spec, round), state: new Map() }
    case 'centered-clipping':
      return centeredClipping(spec, round)
    case 'norm-clipping':
      return { values: normClipping(spec, round), state: new Map() }
    case 'foolsgold':
      return foolsgold(round)
  }
}

function sharesOf({ weighting }: Pick<StrategySpec, 'weighting'>, { updates }: ReferenceRound) {
  const counts = updates.map(({ samples }) => (weighting === 'samples' ? samples : 1))
  return counts.map((count) => count / total(counts))
}

function changesOf({ base, updates }: ReferenceRound): Vector[] {
  return updates.map(({ values }) => subtract(values, base))
}

function meanChange(spec: StrategySpec, round: ReferenceRound): Vector {
  return combine(changesOf(round), sharesOf(spec, round))
}

function columns({ base, updates }: ReferenceRound): Vector[] {
  return base.map((_, k) => updates.map(({ values }) => values[k] ?? 0))
}

function fednova(spec: Spec<'fedavg' | 'fednova'>, round: ReferenceRound): Vector {
  const shares = sharesOf(spec, round)
  const effective = total(round.updates.map(({ steps }, i) => steps * (shares[i] ?? 0)))
  const normalised = changesOf(round).map((d, i) => scale(d, 1 / (round.updates[i]?.steps ?? 1)))
  return add(round.base, scale(combine(normalised, shares), effective))
}

function fedavgm(spec: Spec<'fedavgm'>, round: ReferenceRound): Outcome {
  const last = round.state.get('momentum') ?? round.base.map(() => 0)
  const v = add(scale(last, spec.momentum ?? 0.9), meanChange(spec, round))
  return {
    values: add(round.base, scale(v, spec.serverLearningRate ?? 1)),
    state: new Map([['momentum', v]]),
  }
}

function adaptive(
  spec: Spec<'fedadagrad' | 'fedadam' | 'fedyogi'>,
  round: ReferenceRound,
): Outcome {
  const { adaptivity: tau = 1e-3, beta2 = 0.99 } = spec
  const { beta1 = spec.name === 'fedadagrad' ? 0 : 0.9 } = spec
  const { serverLearningRate: rate = spec.name === 'fedadagrad' ? 0.1 : 0.01 } = spec
  const d = meanChange(spec, round)
  const m = d.map((x, k) => beta1 * (round.state.get('first-moment')?.[k] ?? 0) + (1 - beta1) * x)
  const v = d.map((x, k) => {
    const last = round.state.get('second-moment')?.[k] ?? tau ** 2
    if (spec.name === 'fedadagrad') return last + x ** 2
    if (spec.name === 'fedadam') return beta2 * last + (1 - beta2) * x ** 2
    return last - (1 - beta2) * x ** 2 * Math.sign(last - x ** 2)
  })
  return {
    values: round.base.map((x, k) => x + (rate * (m[k] ?? 0)) / (Math.sqrt(v[k] ?? 0) + tau)),
    state: new Map([
      ['first-moment', m],
      ['second-moment', v],
    ]),
  }
}

function scaffold(spec: Spec<'scaffold'>, round: ReferenceRound): Outcome {
  const c = round.state.get('control') ?? round.base.map(() => 0)
  const variates = round.updates.map(({ values, steps }) =>
    subtract(scale(subtract(round.base, values), 1 / (steps * round.localLearningRate)), c),
  )
  const part = round.updates.length / round.clients
  return {
    values: add(round.base, scale(meanChange(spec, round), spec.serverLearningRate ?? 1)),
    state: new Map([['control', add(c, scale(combine(variates, sharesOf(spec, round)), part))]]),
  }
}

function trimmedMean({ trim = 0.2 }: Spec<'trimmed-mean'>, round: ReferenceRound): Vector {
  const drop = Math.floor(trim * round.updates.length + 1e-9)
  return columns(round).map((column) => {
    const kept = column.toSorted((a, b) => a - b).slice(drop, column.length - drop)
    return total(kept) / kept.length
  })
}

function krumScores(vectors: readonly Vector[], f: number): number[] {
  return vectors.map((a, i) => {
    const squares = vectors.filter((_, j) => j !== i).map((b) => norm(subtract(a, b)) ** 2)
    return total(squares.sort((x, y) => x - y).slice(0, Math.max(1, vectors.length - f - 2)))
  })
}

function cap(attackers: number | undefined, count: number, factor: number): number {
  return Math.min(attackers ?? count, Math.max(0, Math.floor((count - 3) / factor)))
}

function multiKrum(
  spec: { readonly attackers?: number; readonly keep?: number },
  round: ReferenceRound,
): Vector {
  const vectors = round.updates.map(({ values }) => values)
  const f = cap(spec.attackers, vectors.length, 2)
  const scores = krumScores(vectors, f)
  const keep = Math.min(spec.keep ?? Math.max(1, vectors.length - f - 2), vectors.length)
  const limit = scores.toSorted((a, b) => a - b)[keep - 1] ?? 0
  // Distances are rounded differently here: what ties there nearly ties here.
  return average(vectors.filter((_, i) => (scores[i] ?? 0) <= limit * (1 + 1e-5)))
}

function bulyan({ attackers }: Spec<'krum' | 'bulyan'>, round: ReferenceRound): Vector {
  const left = round.updates.map(({ values }) => values)
  const f = cap(attackers, left.length, 4)
  const size = left.length - 2 * f
  const chosen: Vector[] = []
  while (chosen.length < size) {
    const scores = krumScores(left, f)
    const limit = Math.min(...scores) * (1 + 1e-5)
    chosen.push(
      ...left.splice(
        scores.findIndex((score) => score <= limit),
        1,
      ),
    )
  }
  return round.base.map((_, k) => {
    const column = chosen.map((values) => values[k] ?? 0)
    const median = middle(column)
    const nearest = column.sort((a, b) => Math.abs(a - median) - Math.abs(b - median) || a - b)
    return total(nearest.slice(0, size - 2 * f)) / (size - 2 * f)
  })
}

function geometricMedian(spec: Spec<'geometric-median'>, round: ReferenceRound): Vector {
  const { iterations = 4, smoothing = 1e-5 } = spec
  const vectors = round.updates.map(({ values }) => values)
  const shares = sharesOf(spec, round)
  let v = combine(vectors, shares)
  for (let i = 0; i < iterations; i++) {
    const weights = vectors.map(
      (x, k) => (shares[k] ?? 0) / Math.max(smoothing, norm(subtract(v, x))),
    )
    v = scale(combine(vectors, weights), 1 / total(weights))
  }
  return v
}

function centeredClipping(spec: Spec<'centered-clipping'>, round: ReferenceRound): Outcome {
  const { iterations = 1, momentum = 0.9 } = spec
  const momenta = changesOf(round).map((d, i) => {
    const last = round.state.get(`momentum/${round.updates[i]?.silo}`)
    return last === undefined || momentum === 0
      ? d
      : add(scale(d, 1 - momentum), scale(last, momentum))
  })
  let v = round.state.get('centre') ?? round.base.map(() => 0)
  for (let i = 0; i < iterations; i++) {
    const offsets = momenta.map((m) => subtract(m, v))
    const radius = spec.radius ?? middle(offsets.map(norm))
    const clipped = offsets.map((o) => scale(o, norm(o) > radius ? radius / norm(o) : 1))
    v = add(v, average(clipped))
  }
  const kept = momenta.map((m, i): [string, Vector] => [`momentum/${round.updates[i]?.silo}`, m])
  return {
    values: add(round.base, v),
    state: new Map([['centre', v], ...(momentum === 0 ? [] : kept)]),
  }
}

function normClipping(spec: Spec<'norm-clipping'>, round: ReferenceRound): Vector {
  const changes = changesOf(round)
  const bound = spec.bound ?? middle(changes.map(norm))
  const clipped = changes.map((d) => scale(d, norm(d) > bound ? bound / norm(d) : 1))
  return add(round.base, combine(clipped, sharesOf(spec, round)))
}

function foolsgold(round: ReferenceRound): Outcome {
  const changes = changesOf(round)
  const histories = changes.map((d, i) =>
    add(d, round.state.get(`history/${round.updates[i]?.silo}`) ?? d.map(() => 0)),
  )
  const cosines = histories.map((a, i) =>
    histories.map((b, j) => (i === j ? 0 : dot(a, b) / (norm(a) * norm(b)))),
  )
  const largest = cosines.map((row) => Math.max(...row))
  const weights = cosines.map((row, i) => {
    const [own = 0] = [largest[i]]
    const pardoned = row.map((c, j) =>
      own < (largest[j] ?? 0) ? (c * own) / (largest[j] ?? 1) : c,
    )
    return Math.min(1, Math.max(0, 1 - Math.max(...pardoned)))
  })
  const logits = weights.map((w) => {
    const scaled = Math.min(w / Math.max(...weights), 0.99)
    return Math.min(1, Math.max(0, Math.log(scaled / (1 - scaled)) + 0.5))
  })
  return {
    values: add(round.base, scale(combine(changes, logits), 1 / total(logits))),
    state: new Map(histories.map((h, i) => [`history/${round.updates[i]?.silo}`, h])),
  }
}
