/** A constant of a graph. */
export type OnnxTensor = {
  readonly name: string
  readonly shape: readonly number[]
  /** Row-major: float, or int64 for shapes and axes. */
  readonly values: Float32Array | BigInt64Array
}

/** Value of an attribute: an int, a list of ints, or a float. */
export type OnnxAttribute = number | readonly number[] | { readonly float: number }

/** One operator of the graph. */
export type OnnxNode = {
  readonly operator: string
  /** Names of values; "" leaves an optional one out. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, OnnxAttribute>>
}

/** A graph while it is being made: nodes in the order in which they run. */
export type OnnxGraph = {
  readonly nodes: readonly OnnxNode[]
  readonly tensors: readonly OnnxTensor[]
  /** Adds an operator with one output, whose name is returned. */
  add(operator: string, inputs: readonly string[], attributes?: OnnxNode['attributes']): string
  /** Adds an operator of which only the second output is used, whose name is returned. */
  addSecond(
    operator: string,
    inputs: readonly string[],
    attributes?: OnnxNode['attributes'],
  ): string
  /** Gives a value another name, by which the graph gives it out. */
  rename(value: string, name: string): void
  /** Adds weights and returns their name. */
  weights(name: string, shape: readonly number[], values: Float32Array): string
  /** Adds a list of integers and returns its name. */
  integers(values: readonly number[]): string
  /** Adds one number and returns its name. */
  number(value: number): string
}

/** An empty graph. */
export function createOnnxGraph(): OnnxGraph {
  const nodes: OnnxNode[] = []
  const tensors: OnnxTensor[] = []
  const keep = (tensor: OnnxTensor): string => {
    tensors.push(tensor)
    return tensor.name
  }
  const addWith = (
    node: Omit<OnnxNode, 'outputs'>,
    outputsOf: (name: string) => readonly string[],
  ): string => {
    const name = `${node.operator.toLowerCase()}_${nodes.length}`
    nodes.push({ ...node, outputs: outputsOf(name) })
    return name
  }
  return {
    nodes,
    tensors,
    add: (operator, inputs, attributes = {}) =>
      addWith({ operator, inputs, attributes }, (name) => [name]),
    addSecond: (operator, inputs, attributes = {}) =>
      addWith({ operator, inputs, attributes }, (name) => ['', name]),
    rename(value, name) {
      nodes.push({ operator: 'Identity', inputs: [value], outputs: [name], attributes: {} })
    },
    weights: (name, shape, values) => keep({ name, shape, values }),
    integers: (values) =>
      keep({
        name: `integers_${tensors.length}`,
        shape: [values.length],
        values: BigInt64Array.from(values, BigInt),
      }),
    number: (value) =>
      keep({ name: `number_${tensors.length}`, shape: [], values: Float32Array.of(value) }),
  }
}
