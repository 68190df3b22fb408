/** How a validator comes to its scores. */
export type Manner = 'honest' | 'lazy' | 'random'

/**
 * Who takes part in a task: six nodes with more digits each than the one before, and four or five
 * validators, the last of which do not look.
 */
export type Cast = {
  /** Digits that each node trains on. */
  readonly nodes: readonly number[]
  readonly validators: readonly Manner[]
}

export const NODES: Cast['nodes'] = [60, 120, 200, 300, 450, 600]
/** Digits that an honest validator judges by. */
export const JUDGED = 600

/** Casts by the name of their case. */
export const CASTS: Readonly<Record<string, Cast>> = {
  'clean/0': { nodes: NODES, validators: ['honest', 'honest', 'honest', 'honest'] },
  'lazy/1': { nodes: NODES, validators: ['honest', 'honest', 'honest', 'lazy'] },
  'random/1': { nodes: NODES, validators: ['honest', 'honest', 'honest', 'random'] },
  'lazy-and-random/2': { nodes: NODES, validators: ['honest', 'honest', 'lazy', 'random'] },
  'lazy-and-random/2-of-5': {
    nodes: NODES,
    validators: ['honest', 'honest', 'honest', 'lazy', 'random'],
  },
}
