import type { ValueType } from './value-type.ts'

/** A flag or a positional argument. `T` is what its handler receives. */
export type OptionSpec<T = unknown> = {
  readonly kind: 'switch' | 'one' | 'many'
  readonly summary: string
  readonly type: ValueType<unknown>
  readonly required: boolean
  /** What the handler gets when nobody says anything. */
  readonly fallback: T | undefined
  /** false: config.yaml has another meaning for this key. */
  readonly inConfig?: false
  /** Only names the type of the value; never set. */
  readonly phantom?: T
}

/** Options or arguments by camelCase key: `logLevel` is `--log-level`, `FEDNODE_LOG_LEVEL`, `logLevel:` in config.yaml. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>

/** What a handler receives for its specs. */
export type ArgsOf<S extends OptionSpecs> = {
  readonly [K in keyof S]: S[K] extends OptionSpec<infer T> ? T : never
}

const truth: ValueType<boolean> = {
  placeholder: 'true|false',
  expected: 'true or false',
  parse: (value) =>
    ['true', '1'].includes(value) ? true : ['false', '0'].includes(value) ? false : undefined,
}

/** May be left out; the handler then gets undefined. */
export function optional<T>(type: ValueType<T>, summary: string): OptionSpec<T | undefined> {
  return { kind: 'one', summary, type, required: false, fallback: undefined }
}

/** Must come from a flag, the environment or the config file. */
export function required<T>(type: ValueType<T>, summary: string): OptionSpec<T> {
  return { kind: 'one', summary, type, required: true, fallback: undefined }
}

/** Has a value when nobody says anything. */
export function defaulted<T>(type: ValueType<T>, fallback: T, summary: string): OptionSpec<T> {
  return { kind: 'one', summary, type, required: false, fallback }
}

/** May be given several times. */
export function repeated<T>(type: ValueType<T>, summary: string): OptionSpec<readonly T[]> {
  return { kind: 'many', summary, type, required: false, fallback: [] }
}

/** On or off, off by default. */
export function toggle(summary: string): OptionSpec<boolean> {
  return { kind: 'switch', summary, type: truth, required: false, fallback: false }
}

/** The same option, about which config.yaml says nothing. */
export function outsideConfig<T>(spec: OptionSpec<T>): OptionSpec<T> {
  return { ...spec, inConfig: false }
}

/** What an option is when nobody says anything, as somebody would type it. */
export function shownFallback({ type, fallback }: OptionSpec): string {
  return type.show?.(fallback) ?? String(fallback)
}

/** `logLevel` → `log-level`, as flags are spelled. */
export function flagName(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** `logLevel` → `FEDNODE_LOG_LEVEL`. */
export function envName(key: string): string {
  return `FEDNODE_${flagName(key).replaceAll('-', '_').toUpperCase()}`
}
