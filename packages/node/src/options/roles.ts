/** What a participant is, in config.yaml: the role that `join` takes, or what `init` suggests next. */
export const ROLES = [
  'silo',
  'validator',
  'alliance',
  'arena-node',
  'arena-validator',
  'aggregator',
  'investor',
] as const

export type Role = (typeof ROLES)[number]
