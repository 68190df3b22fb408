import { decodeWeights, encodeWeights, type Manifest, type TensorSpec } from '@fednode/protocol'

/** What a silo carries from one round to the next: SCAFFOLD's c_i, or what top-k left out; both have one number per weight. */
export type MemoryKind = 'control' | 'residual'

/** What the manifest makes a silo carry, if anything; never both, because scaffold takes no lossy compression. */
export function memoryKindOf({
  strategy,
  compression,
}: Pick<Manifest, 'strategy' | 'compression'>): MemoryKind | undefined {
  if (strategy.name === 'scaffold') return 'control'
  return compression?.kind === 'top-k' ? 'residual' : undefined
}

/** A silo's memory as a file: one tensor that is named after its kind, so that it is no model's file. */
export function encodeMemory(kind: MemoryKind, values: Float32Array): Uint8Array {
  return encodeWeights({ specs: specsOf(kind, values.length), values })
}

/** @throws {CodecError} when the file is no memory of this kind and length. */
export function decodeMemory(bytes: Uint8Array, kind: MemoryKind, length: number): Float32Array {
  return decodeWeights(bytes, specsOf(kind, length)).values
}

function specsOf(kind: MemoryKind, length: number): readonly TensorSpec[] {
  return [{ name: kind, shape: [length] }]
}
