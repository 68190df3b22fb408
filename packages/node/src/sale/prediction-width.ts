import { classesOf, type DataSpec } from '@fednode/protocol'

/** How many numbers a model gives for one row: a probability for each class, else one. */
export function predictionWidth(data: DataSpec): number {
  return Math.max(1, classesOf(data).length)
}
