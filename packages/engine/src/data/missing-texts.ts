/** Texts that people and programs write for "no value". */
export const MISSING_TEXTS: ReadonlySet<string> = new Set([
  '',
  '?',
  'NA',
  'N/A',
  'n/a',
  'na',
  'NaN',
  'nan',
  'NULL',
  'null',
  'None',
  '-',
])
