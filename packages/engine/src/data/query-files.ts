import { dirname } from 'node:path'

/** Files and folders that a query may read. */
export type QueryFiles = {
  readonly paths: readonly string[]
  readonly directories: readonly string[]
}

/** Texts in single quotes, and names in double quotes: DuckDB takes both for files. */
const QUOTED = /'((?:[^']|'')*)'|"((?:[^"]|"")*)"/g
const PATTERN = /[*?[]/
const URL_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i

/**
 * What a query names in quotes: a file by its path, the folder of a pattern such as 'visits/*.parquet'. Addresses of the network are
 * none of them (T29).
 */
export function queryFiles(query: string): QueryFiles {
  const named = [...query.matchAll(QUOTED)]
    .map(([, text, name]) => text?.replaceAll("''", "'") ?? name?.replaceAll('""', '"') ?? '')
    .filter((text) => text !== '' && !URL_SCHEME.test(text))
  const isPattern = (text: string): boolean => PATTERN.test(text)
  return {
    paths: named.filter((text) => !isPattern(text)),
    directories: named
      .filter(isPattern)
      .map((text) => dirname(text.slice(0, text.search(PATTERN) + 1))),
  }
}
