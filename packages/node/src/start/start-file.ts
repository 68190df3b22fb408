import { readFile } from 'node:fs/promises'
import {
  decodeSafetensors,
  FedError,
  type ModelTopology,
  type NamedTensor,
} from '@fednode/protocol'
import { badStart } from './bad-start.ts'
import { readTfjsFile } from './read-tfjs-file.ts'

/** A model as somebody brings it. */
export type StartFile = {
  /** As the user wrote it. */
  readonly shown: string
  readonly tensors: readonly NamedTensor[]
  /** Whether tensors are named as fednode names them, or stand in the order of the layers under names of their own. */
  readonly names: 'own' | 'foreign'
  /** Its layers, where the file says what they are. */
  readonly topology?: ModelTopology
}

/**
 * Reads a model from a file: safetensors, or model.json of TensorFlow.js with its weights beside it.
 * @param shown - the path as the user wrote it, for errors.
 * @throws {UserError} usage FILE_MISSING; data BAD_START.
 */
export async function readStartFile(file: string, shown: string): Promise<StartFile> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw badStart(`${shown}: cannot be read`, { code: 'FILE_MISSING', cause })
  })
  if (file.endsWith('.json')) return readTfjsFile(bytes, { file, shown })
  try {
    const tensors = [...decodeSafetensors(bytes)].map(([name, tensor]) => ({ name, ...tensor }))
    return { shown, tensors, names: 'own' }
  } catch (cause) {
    if (!(cause instanceof FedError)) throw cause
    throw badStart(`${shown}: ${cause.message}`, { cause })
  }
}
