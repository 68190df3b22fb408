import { drawSelfTest, type SelfTestCase } from '../../src/backends/self-test-cases.ts'

/** Channels-last images, or rows of one pixel. */
type Images = {
  readonly rows: number
  readonly side: number
  readonly depth: number
  readonly values: Float64Array
}
type Parameters = { readonly values: Float64Array; readonly velocity: Float64Array }
type Trace = { readonly y: Images; backward(dy: Float64Array): Float64Array }

const LEARNING_RATE = 0.1
const MOMENTUM = 0.9
const POOL = 2

/**
 * What a self-test has to compute, in f64 and with one multiplication at a time, from its definition: logits before the first step, weights
 * after the last.
 */
export function referenceTraining(
  one: SelfTestCase,
  steps: number,
): { readonly logits: readonly number[]; readonly weights: readonly number[] } {
  const { x, weights, classes } = drawSelfTest(one)
  const parameters = weights.map(({ values }) => ({
    values: Float64Array.from(values),
    velocity: new Float64Array(values.length),
  }))
  const [rows = 0, side = 1, , depth = side] = one.input
  const isFlat = one.input.length === 2
  const input = { rows, side: isFlat ? 1 : side, depth, values: Float64Array.from(x) }
  let first: readonly number[] = []
  for (let step = 0; step < steps; step++) {
    const logits = trainStep(one, { input, parameters, classes })
    if (step === 0) first = [...logits]
  }
  return { logits: first, weights: parameters.flatMap(({ values }) => [...values]) }
}

function trainStep(
  one: SelfTestCase,
  state: {
    readonly input: Images
    readonly parameters: readonly Parameters[]
    readonly classes: number
  },
): Float64Array {
  const rest = [...state.parameters]
  const updates: (() => void)[] = []
  const traces: Trace[] = []
  let y = state.input
  for (const layer of one.layers) {
    const trace =
      layer.kind === 'pooling'
        ? pooled(y)
        : product(y, {
            isConvolution: layer.kind === 'convolution',
            hasRelu: layer.kind !== 'last',
            kernelSide: layer.kind === 'convolution' ? layer.kernel[0] : y.side,
            parameters: rest.splice(0, 2) as [Parameters, Parameters],
            updates,
          })
    traces.push(trace)
    y = trace.y
  }
  let gradient = headGradient(y, state.classes)
  for (const trace of traces.reverse()) gradient = trace.backward(gradient)
  for (const update of updates) update()
  return y.values
}

/** A convolution with zeros around the image; a fully connected layer is one whose kernel is as large as the image, at one place. */
function product(
  x: Images,
  layer: {
    readonly isConvolution: boolean
    readonly hasRelu: boolean
    readonly kernelSide: number
    readonly parameters: readonly [Parameters, Parameters]
    readonly updates: (() => void)[]
  },
): Trace {
  const [kernel, bias] = layer.parameters
  const units = bias.values.length
  const side = layer.isConvolution ? x.side : 1
  const before = layer.isConvolution ? (layer.kernelSide - 1) / 2 : 0
  const y = {
    rows: x.rows,
    side,
    depth: units,
    values: new Float64Array(x.rows * side ** 2 * units),
  }
  const forEachTerm = (visit: (from: number, weight: number, to: number) => void): void => {
    for (let to = 0; to < y.values.length; to++) {
      const unit = to % units
      const column = Math.floor(to / units) % side
      const line = Math.floor(to / units / side) % side
      const row = Math.floor(to / units / side / side)
      for (let tap = 0; tap < layer.kernelSide ** 2; tap++) {
        const i = line + Math.floor(tap / layer.kernelSide) - before
        const j = column + (tap % layer.kernelSide) - before
        if (i < 0 || j < 0 || i >= x.side || j >= x.side) continue
        for (let d = 0; d < x.depth; d++) {
          const from = ((row * x.side + i) * x.side + j) * x.depth + d
          visit(from, (tap * x.depth + d) * units + unit, to)
        }
      }
    }
  }
  forEachTerm((from, weight, to) => {
    y.values[to] = at(y.values, to) + at(x.values, from) * at(kernel.values, weight)
  })
  y.values.forEach((sum, to) => {
    const value = sum + at(bias.values, to % units)
    y.values[to] = layer.hasRelu ? Math.max(0, value) : value
  })
  return {
    y,
    backward(dy) {
      const dz = dy.map((value, to) => (layer.hasRelu && at(y.values, to) === 0 ? 0 : value))
      const dx = new Float64Array(x.values.length)
      const dk = new Float64Array(kernel.values.length)
      const db = new Float64Array(units)
      forEachTerm((from, weight, to) => {
        dx[from] = at(dx, from) + at(dz, to) * at(kernel.values, weight)
        dk[weight] = at(dk, weight) + at(dz, to) * at(x.values, from)
      })
      dz.forEach((value, to) => {
        db[to % units] = at(db, to % units) + value
      })
      layer.updates.push(
        () => descend(kernel, dk),
        () => descend(bias, db),
      )
      return dx
    },
  }
}

/** The largest of each 2 x 2 pixels; the gradient goes to where it came from. */
function pooled(x: Images): Trace {
  const side = x.side / POOL
  const size = x.rows * side * side * x.depth
  const sources = Array.from({ length: size }, (_, to) => {
    const d = to % x.depth
    const j = Math.floor(to / x.depth) % side
    const i = Math.floor(to / x.depth / side) % side
    const row = Math.floor(to / x.depth / side / side)
    const candidates = [0, 1, 2, 3].map((corner) => {
      const line = i * POOL + (corner >> 1)
      return ((row * x.side + line) * x.side + j * POOL + (corner & 1)) * x.depth + d
    })
    return candidates.reduce((a, b) => (at(x.values, b) > at(x.values, a) ? b : a))
  })
  const values = Float64Array.from(sources, (from) => at(x.values, from))
  return {
    y: { rows: x.rows, side, depth: x.depth, values },
    backward(dy) {
      const dx = new Float64Array(x.values.length)
      sources.forEach((from, to) => {
        dx[from] = at(dx, from) + at(dy, to)
      })
      return dx
    },
  }
}

/** (softmax - one-hot) / rows; row r belongs to class r modulo their number. */
function headGradient({ values, rows }: Images, classes: number): Float64Array {
  const gradient = new Float64Array(values.length)
  for (let row = 0; row < rows; row++) {
    const start = row * classes
    const exponentials = values.subarray(start, start + classes).map(Math.exp)
    const sum = exponentials.reduce((a, b) => a + b, 0)
    exponentials.forEach((value, c) => {
      gradient[start + c] = (value / sum - (c === row % classes ? 1 : 0)) / rows
    })
  }
  return gradient
}

function descend({ values, velocity }: Parameters, gradient: Float64Array): void {
  gradient.forEach((value, i) => {
    velocity[i] = MOMENTUM * at(velocity, i) + value
    values[i] = at(values, i) - LEARNING_RATE * at(velocity, i)
  })
}

function at(values: Float64Array, index: number): number {
  return values[index] as number
}
