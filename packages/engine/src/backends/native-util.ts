/** What @tensorflow/tfjs-node 4.22.0 takes from node:util, which Node 23 removed (nodejs/node DEP0044, DEP0047). */
export function isNullOrUndefined(value: unknown): value is null | undefined {
  return value === null || value === undefined
}

/** As Array.isArray (nodejs/node DEP0044). */
export function isArray(value: unknown): value is unknown[] {
  return Array.isArray(value)
}
