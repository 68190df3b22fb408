import type { Targets } from '../types.ts'

/** Targets of some rows, in their order. */
export function pickTargets(targets: Targets, rows: ArrayLike<number>): Targets {
  switch (targets.kind) {
    case 'classes':
      return { ...targets, labels: picked(targets.labels, rows, new Int32Array(rows.length)) }
    case 'value':
      return { ...targets, values: picked(targets.values, rows, new Float32Array(rows.length)) }
    case 'risk':
      return {
        ...targets,
        times: picked(targets.times, rows, new Float64Array(rows.length)),
        observed: picked(targets.observed, rows, new Uint8Array(rows.length)),
      }
    case 'reconstruction':
      return targets
  }
}

function picked<Values extends Int32Array | Float32Array | Float64Array | Uint8Array>(
  from: Values,
  rows: ArrayLike<number>,
  to: Values,
): Values {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i] as number] as number
  return to
}
