import {
  countValues,
  decodeWeights,
  encodeWeights,
  type Manifest,
  sizeOf,
  type TensorSpec,
} from '@fednode/protocol'

/** What a silo carries from one round to the next: SCAFFOLD's c_i, what top-k left out, its personal layers. */
const MEMORY_KINDS = ['control', 'residual', 'personal'] as const
export type MemoryKind = (typeof MEMORY_KINDS)[number]

/** Values of each kind that the manifest asks for; of control and residual one for each weight that travels. */
export type SiloMemory = { readonly [Kind in MemoryKind]?: Float32Array }

/** What the manifest makes a silo carry. */
export function memoryKindsOf({
  strategy,
  compression,
  training,
}: Pick<Manifest, 'strategy' | 'compression' | 'training'>): readonly MemoryKind[] {
  const isAsked = {
    control: strategy.name === 'scaffold',
    residual: compression?.kind === 'top-k',
    personal: training.personal !== undefined,
  }
  return MEMORY_KINDS.filter((kind) => isAsked[kind])
}

/** A silo's memory as a file: tensors that are named after their kinds, so that it is no model's file. */
export function encodeMemory(memory: SiloMemory): Uint8Array {
  const parts = MEMORY_KINDS.flatMap((kind) => {
    const values = memory[kind]
    return values === undefined ? [] : [{ kind, values }]
  })
  const specs = parts.map(({ kind, values }) => ({ name: kind, shape: [values.length] }))
  const values = new Float32Array(countValues(specs))
  let position = 0
  for (const part of parts) {
    values.set(part.values, position)
    position += part.values.length
  }
  return encodeWeights({ specs, values })
}

/**
 * @param lengths - number of values of each kind that has to be there.
 * @throws {CodecError} when the file is no memory of these kinds and lengths.
 */
export function decodeMemory(
  bytes: Uint8Array,
  lengths: Readonly<Partial<Record<MemoryKind, number>>>,
): SiloMemory {
  const specs: TensorSpec[] = MEMORY_KINDS.flatMap((kind) => {
    const length = lengths[kind]
    return length === undefined ? [] : [{ name: kind, shape: [length] }]
  })
  const { values } = decodeWeights(bytes, specs)
  let begin = 0
  const parts = specs.map(({ name, shape }) => {
    const part = values.subarray(begin, begin + sizeOf(shape))
    begin += part.length
    return [name, part]
  })
  return Object.fromEntries(parts)
}
