import { type ArrayData, printable } from '@fednode/protocol'
import { dataError, listed } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import { lookAtImages } from './look-at-images.ts'
import type { SeenArrays } from './raw-arrays.ts'
import { lookAtIdx } from './read-idx.ts'
import { lookAtSafetensors } from './read-safetensors.ts'

/** What the author of a federation of arrays may say of it. */
export type ArrayWish = {
  /** @default classification where there are labels */
  readonly task?: string | undefined
  /** Columns that were named: arrays have none. */
  readonly named: readonly string[]
}

const TASKS = ['classification', 'anomaly']

/**
 * Guesses the schema of arrays: the size and colours of pictures or the dimensions of a row, and the classes by folders or labels.
 * @throws {UserError} fault "data" with a DATA_ code, also for columns and tasks that arrays do not have.
 */
export async function inferArray(file: DataFile, { task, named }: ArrayWish): Promise<ArrayData> {
  const [column] = named
  if (column !== undefined)
    throw dataError('DATA_FORMAT_UNKNOWN', `${file.name} has no column ${printable(column)}`, {
      hint: 'Pictures and arrays have no columns: their class is the folder, or in the labels. Give  --data  and  --task  only.',
    })
  if (task !== undefined && !TASKS.includes(task))
    throw dataError('DATA_FORMAT_UNKNOWN', `${file.name} is made of arrays, not for ${task}`, {
      hint: `Give  --task ${TASKS.join('  or  --task ')}.`,
    })
  const { shape, classes } = await look(file, task)
  if (task === 'anomaly' || (classes === undefined && task === undefined))
    return { kind: 'array', shape }
  if (classes === undefined || classes.length < 2)
    throw dataError(
      'DATA_BAD_LABEL',
      `${file.name} has ${classes === undefined ? 'no classes' : `one class: ${listed(classes)}`}`,
      {
        hint: 'Give every class a folder, or a number in the labels; without classes there is  --task anomaly.',
      },
    )
  return { kind: 'array', shape, classes }
}

async function look(file: DataFile, task: string | undefined): Promise<SeenArrays> {
  if (file.format === 'images') return lookAtImages(file)
  return file.format === 'idx' ? lookAtIdx(file, task !== 'anomaly') : lookAtSafetensors(file)
}
