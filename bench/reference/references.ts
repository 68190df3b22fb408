import { GLUCOSE } from './glucose.ts'
import { HEART_DISEASE } from './heart-disease.ts'
import { LENDING_CLUB } from './lending-club.ts'
import { MNIST } from './mnist.ts'
import type { Reference } from './reference.ts'
import { SENTIMENT } from './sentiment.ts'
import { TCGA_BRCA } from './tcga-brca.ts'

/** All reference federations, in the order of the table. */
export const REFERENCES: readonly Reference[] = [
  ...HEART_DISEASE,
  TCGA_BRCA,
  ...GLUCOSE,
  ...MNIST,
  LENDING_CLUB,
  SENTIMENT,
]
