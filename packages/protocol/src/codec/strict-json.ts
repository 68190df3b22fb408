import { MAX_DEPTH } from '../limits.ts'
import { CodecError } from './errors.ts'
import { isForbiddenKey } from './forbidden-keys.ts'

/**
 * JSON.parse that refuses what JSON.parse lets pass: duplicate keys, prototype keys, deep nesting (T17, T19). Linear in the length.
 * @throws {CodecError} CODEC_BAD_JSON, CODEC_TOO_DEEP, CODEC_FORBIDDEN_KEY.
 */
export function parseStrictJson(text: string): unknown {
  const value = parse(text)
  scanKeys(text)
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw badJson('not valid JSON', cause)
  }
}

/** Walks text that is known to be valid JSON; one set of keys per open object, null for an open array. */
function scanKeys(text: string): void {
  const open: (Set<string> | null)[] = []
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '{') open.push(new Set())
    else if (char === '[') open.push(null)
    else if (char === '}' || char === ']') open.pop()
    else if (char === '"') {
      const end = endOfString(text, i)
      const keys = open.at(-1)
      if (keys && isFollowedByColon(text, end)) addKey(keys, String(JSON.parse(text.slice(i, end))))
      i = end - 1
    }
    if (open.length > MAX_DEPTH) {
      throw new CodecError(`JSON nested deeper than ${MAX_DEPTH}`, {
        code: 'CODEC_TOO_DEEP',
        limit: MAX_DEPTH,
      })
    }
  }
}

function addKey(keys: Set<string>, key: string): void {
  if (isForbiddenKey(key)) {
    throw new CodecError(`the key "${key}" is not allowed`, { code: 'CODEC_FORBIDDEN_KEY', key })
  }
  if (keys.has(key)) throw badJson('duplicate key')
  keys.add(key)
}

function endOfString(text: string, start: number): number {
  let i = start + 1
  while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1
  return i + 1
}

function isFollowedByColon(text: string, from: number): boolean {
  let i = from
  while (text[i] === ' ' || text[i] === '\n' || text[i] === '\r' || text[i] === '\t') i++
  return text[i] === ':'
}

function badJson(reason: string, cause?: unknown): CodecError {
  return new CodecError(`JSON: ${reason}`, { code: 'CODEC_BAD_JSON', reason }, { cause })
}
