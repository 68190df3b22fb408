const QUERY = /^\s*(?:select|with|from)\s/i

/** Whether a source of data is SQL, not a path. */
export function isQuery(source: string): boolean {
  return QUERY.test(source)
}
