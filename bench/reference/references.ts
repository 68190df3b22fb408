import { MNIST } from './mnist.ts'
import type { Reference } from './reference.ts'

/** All reference federations, in the order of the table. */
export const REFERENCES: readonly Reference[] = [...MNIST]
