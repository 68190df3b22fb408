import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '@fednode/protocol'
import { parseDocument } from 'yaml'
import { configSchema } from './config-schema.ts'

/** Name of the configuration file in a data directory. */
export const CONFIG_FILE = 'config.yaml'
/** A configuration is a dozen lines; anything longer is not one. */
const MAX_CONFIG_BYTES = 65_536

/** Texts of a configuration file by option key; `file` is its path, for messages. */
export type LoadedConfig = {
  readonly file: string
  readonly values: Readonly<Record<string, string>>
}

/**
 * Reads <directory>/config.yaml; a missing file is an empty configuration.
 * @throws {UserError} BAD_CONFIG for unknown keys, wrong types, YAML that does not parse.
 */
export async function loadConfig(directory: string): Promise<LoadedConfig> {
  const file = path.join(directory, CONFIG_FILE)
  const text = await readIfThere(file)
  if (text === undefined) return { file, values: {} }
  if (Buffer.byteLength(text) > MAX_CONFIG_BYTES) {
    throw bad(file, `is longer than ${MAX_CONFIG_BYTES} bytes`)
  }
  const result = configSchema.safeParse(parseYaml(file, text) ?? {})
  if (!result.success) {
    const issue = result.error.issues[0]
    const where = issue?.path.join('.') ?? ''
    throw bad(file, where === '' ? (issue?.message ?? '') : `${where}: ${issue?.message}`)
  }
  return { file, values: toTexts(result.data) }
}

function parseYaml(file: string, text: string): unknown {
  // No anchors, no custom tags (a warning to the parser), no duplicate keys (T16).
  const document = parseDocument(text, { schema: 'core', uniqueKeys: true, merge: false })
  const [problem] = [...document.errors, ...document.warnings]
  if (problem !== undefined) throw bad(file, problem.message.split('\n')[0] ?? 'is not YAML')
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch (error) {
    throw bad(file, 'has an anchor or alias', error)
  }
}

function toTexts(values: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, String(value)]),
  )
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function bad(file: string, what: string, cause?: unknown): UserError {
  return new UserError('usage', `${file}: ${what}`, {
    code: 'BAD_CONFIG',
    hint: `Known keys: ${Object.keys(configSchema.shape).join(', ')}.`,
    cause,
  })
}
