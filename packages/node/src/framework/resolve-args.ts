import { UserError } from '@fednode/protocol'
import { envName, flagName, type OptionSpec, type OptionSpecs } from './option.ts'

/** Texts as the parser found them: flags by key, positional arguments by key. */
export type RawArgs = Readonly<Record<string, readonly string[]>>

/** Where values come from, strongest first. */
export type Sources = {
  readonly flags: RawArgs
  readonly env: Readonly<Record<string, string | undefined>>
  /** Values of config.yaml; `file` names it in messages. */
  readonly config: { readonly file: string; readonly values: Readonly<Record<string, string>> }
}

/**
 * The one place of precedence: flag > FEDNODE_* > config file > default.
 * @throws {UserError} USAGE naming the source, the value and what was expected.
 */
export function resolveArgs(specs: OptionSpecs, sources: Sources): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(specs).map(([key, spec]) => [key, resolveOne(key, spec, sources)]),
  )
}

/** Positional arguments: only the command line says them. */
export function resolvePositionals(specs: OptionSpecs, given: RawArgs): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(specs).map(([key, spec]) => {
      const texts = given[key] ?? []
      if (texts.length > 0) return [key, parseTexts(spec, texts, placeholderOf(key))]
      if (!spec.required) return [key, spec.fallback]
      throw new UserError('usage', `${placeholderOf(key)} is missing`, { code: 'MISSING_ARGUMENT' })
    }),
  )
}

/** FILE for the argument `file`. */
export function placeholderOf(key: string): string {
  return flagName(key).toUpperCase()
}

function resolveOne(key: string, spec: OptionSpec, sources: Sources): unknown {
  const flag = sources.flags[key]
  if (flag !== undefined) return parseTexts(spec, flag, `--${flagName(key)}`)
  const env = sources.env[envName(key)]
  if (env !== undefined && env !== '') return parseTexts(spec, splitMany(spec, env), envName(key))
  const kept = spec.inConfig !== false && Object.hasOwn(sources.config.values, key)
  const config = kept ? sources.config.values[key] : undefined
  if (config !== undefined) {
    return parseTexts(spec, splitMany(spec, config), `${sources.config.file}: ${key}`)
  }
  if (!spec.required) return spec.fallback
  throw new UserError('usage', `--${flagName(key)} ${spec.type.placeholder} is missing`, {
    code: 'MISSING_OPTION',
    hint: `Give the flag or set ${envName(key)}: ${spec.summary}.`,
  })
}

function splitMany(spec: OptionSpec, text: string): readonly string[] {
  return spec.kind === 'many' ? text.split(',') : [text]
}

function parseTexts(spec: OptionSpec, texts: readonly string[], source: string): unknown {
  const values = texts.map((text) => {
    const value = spec.type.parse(text)
    if (value !== undefined) return value
    throw new UserError(
      'usage',
      `${source}: got ${JSON.stringify(text)}, expected ${spec.type.expected}`,
      { code: 'BAD_OPTION' },
    )
  })
  return spec.kind === 'many' ? values : values.at(-1)
}
