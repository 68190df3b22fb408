import { countValues, type NamedTensor, type TensorSpec, type Weights } from '@fednode/protocol'
import { badStart } from './bad-start.ts'
import type { StartFile } from './start-file.ts'

/**
 * The weights of a file as those of a model, checked tensor by tensor.
 * @param specs - of the whole model.
 * @throws {UserError} data BAD_START naming the first tensor that differs, or that a value is not finite.
 */
export function startWeights(file: StartFile, specs: readonly TensorSpec[]): Weights {
  const { shown, tensors } = file
  if (tensors.length !== specs.length)
    throw wrong(shown, `${tensors.length} tensors, the model has ${specs.length}`)
  const values = new Float32Array(countValues(specs))
  const target = new Uint8Array(values.buffer)
  let position = 0
  for (const [index, spec] of specs.entries()) {
    const { bytes } = tensorFor(spec, index, file)
    target.set(bytes, position)
    position += bytes.length
  }
  if (!values.every(Number.isFinite)) throw wrong(shown, 'a weight is NaN or infinite')
  return { specs, values }
}

/** By its name; where layers have names of their own, by its place and the last part of its name. */
function tensorFor(spec: TensorSpec, index: number, file: StartFile): NamedTensor {
  const { shown, tensors } = file
  const isLike = ({ name }: NamedTensor): boolean =>
    file.names === 'own' ? name === spec.name : lastPart(name) === lastPart(spec.name)
  const found =
    file.names === 'own' ? tensors.find(isLike) : tensors.slice(index, index + 1).find(isLike)
  if (found === undefined) {
    const place = file.names === 'own' ? '' : ` as number ${index + 1}`
    throw wrong(shown, `no tensor "${spec.name}"${place}, which the model has`)
  }
  if (found.dtype !== 'F32') throw wrong(shown, `tensor "${found.name}" is ${found.dtype}, not F32`)
  if (found.shape.join() !== spec.shape.join())
    throw wrong(shown, `tensor "${found.name}" is [${found.shape}], the model has [${spec.shape}]`)
  return found
}

function lastPart(name: string): string | undefined {
  return name.split('/').at(-1)
}

function wrong(shown: string, reason: string): Error {
  return badStart(`${shown} is no model of this topology: ${reason}`, {
    hint: 'Change  model  in the manifest (--hidden of  federation init) to the layers that the file is of, or give another file.',
  })
}
