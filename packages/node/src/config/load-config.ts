import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '@fednode/protocol'
import { parseDocument } from 'yaml'
import type { ZodError } from 'zod'
import { configSchema } from './config-schema.ts'

/** Name of the configuration file in a data directory. */
export const CONFIG_FILE = 'config.yaml'
/** A configuration is a dozen lines; anything longer is not one. */
const MAX_CONFIG_BYTES = 65_536

/** Characters of a wrong value that are shown. */
const MAX_SHOWN = 60
const KNOWN_KEYS = `Known keys: ${Object.keys(configSchema.shape).join(', ')}.`

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
  const value = parseYaml(file, text) ?? {}
  const result = configSchema.safeParse(value)
  if (!result.success) {
    throw bad(file, describeFirst(result.error, value), { hint: KNOWN_KEYS })
  }
  return { file, values: toTexts(result.data) }
}

function describeFirst({ issues }: ZodError, value: unknown): string {
  const [issue] = issues
  if (issue?.code === 'unrecognized_keys') return `unknown key ${JSON.stringify(issue.keys[0])}`
  const [key] = issue?.path ?? []
  if (key === undefined) return `got ${shown(value)}, expected keys and their values`
  const found: unknown = Object.entries(Object(value)).find(([name]) => name === key)?.[1]
  return `${String(key)}: got ${shown(found)}, expected ${issue?.message}`
}

function shown(value: unknown): string {
  return JSON.stringify(value).slice(0, MAX_SHOWN)
}

function parseYaml(file: string, text: string): unknown {
  // No anchors, no custom tags (a warning to the parser), no duplicate keys (T16).
  const document = parseDocument(text, { schema: 'core', uniqueKeys: true, merge: false })
  const [problem] = [...document.errors, ...document.warnings]
  if (problem !== undefined)
    throw bad(file, problem.message.split('\n')[0]?.replace(/:$/, '') ?? 'is not YAML')
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch (error) {
    throw bad(file, 'has an anchor or alias', { cause: error })
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
    if (error instanceof Error && 'code' in error && error.code === 'EISDIR') {
      throw bad(file, 'is a folder', { cause: error })
    }
    throw error
  }
}

function bad(
  file: string,
  what: string,
  more: { readonly hint?: string; readonly cause?: unknown } = {},
): UserError {
  return new UserError('usage', `${file}: ${what}`, { code: 'BAD_CONFIG', ...more })
}
