import { ChainError } from '../chain-error.ts'

/** An argument as it is written: a word, a list, or fields by name. */
export type CallWord =
  | string
  | { readonly items: readonly CallWord[] }
  | { readonly fields: Readonly<Record<string, CallWord>> }

/** A call as it is written. */
export type CallWords = {
  /** Name of a contract of the network, or an address. */
  readonly target: string
  readonly name: string
  /** "address,uint256" where types were written before the arguments. */
  readonly types: string | undefined
  readonly args: readonly CallWord[]
}

const HEAD = /^\s*(\w+)\.(\w+)\s*(?=\()/
/** Longest call that is read, in characters. */
const MAX_LENGTH = 20_000
const MAX_DEPTH = 8
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/**
 * Reads a call as proposals show it: `registry.setArenaParam(1, 9000)`, `emission.setRecipients([{ to: 0x…, bps: 9000 }])`; types may
 * stand before the arguments: `0x….mint(address,uint256)(0x…, 5e18)`.
 * @throws {ChainError} BAD_CALL (usage).
 */
export function readCallWords(text: string): CallWords {
  const [head, target = '', name = ''] = HEAD.exec(text) ?? []
  if (head === undefined || text.length > MAX_LENGTH) {
    throw badCall(`${JSON.stringify(text)} is no call such as taskEmission.addTask(arena:3)`)
  }
  const groups = readGroups(text, head.length)
  const [first = '', second] = groups
  const types = second === undefined ? undefined : first
  const { items } = listIn(second ?? first)
  return { target, name, types, args: items }
}

/** What stands in the one or two pairs of brackets, them included. */
function readGroups(text: string, from: number): readonly string[] {
  const groups: string[] = []
  for (let at = from; at < text.length; ) {
    const end = endOfGroup(text, at)
    groups.push(text.slice(at, end))
    at = end + (text.slice(end).length - text.slice(end).trimStart().length)
  }
  if (groups.length > 2 || groups.some((group) => !group.startsWith('('))) {
    throw badCall(`${JSON.stringify(text)}: a function is followed by its arguments in brackets`)
  }
  return groups
}

function endOfGroup(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (sign === '"') at = endOfString(text, at) - 1
    else if (sign in CLOSING) depth += 1
    else if (Object.values(CLOSING).includes(sign)) depth -= 1
    if (depth === 0) return at + 1
  }
  throw badCall(`${JSON.stringify(text)}: a bracket is not closed`)
}

function endOfString(text: string, from: number): number {
  const [quoted] = /^"(?:[^"\\]|\\.)*"/.exec(text.slice(from)) ?? []
  if (quoted === undefined) throw badCall(`${JSON.stringify(text)}: a quotation is not closed`)
  return from + quoted.length
}

function listIn(group: string): { readonly items: readonly CallWord[] } {
  const inner = group.slice(1, -1)
  return { items: inner.trim() === '' ? [] : partsOf(inner).map((part) => wordIn(part, 1)) }
}

function wordIn(text: string, depth: number): CallWord {
  const trimmed = text.trim()
  const [opening = ''] = trimmed
  if (depth > MAX_DEPTH)
    throw badCall(`${JSON.stringify(trimmed)}: too many brackets in each other`)
  if (opening === '"') return unquoted(trimmed)
  if (!(opening in CLOSING)) return trimmed
  const inner = trimmed.slice(1, -1)
  const parts = inner.trim() === '' ? [] : partsOf(inner)
  if (opening !== '{') return { items: parts.map((part) => wordIn(part, depth + 1)) }
  const fields = parts.map((part) => {
    const [key = ''] = part.split(':', 1)
    return [key.trim(), wordIn(part.slice(key.length + 1), depth + 1)] as const
  })
  return { fields: Object.fromEntries(fields) }
}

/** Split at the commas that stand in no bracket and no quotation. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = []
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (sign === '"') at = endOfString(text, at) - 1
    else if (sign in CLOSING) at = endOfGroup(text, at) - 1
    else if (sign === ',') {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, text.slice(start)]
}

function unquoted(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'string') return value
  } catch {
    // Said below.
  }
  throw badCall(`${text} is no quoted text`)
}

/** What is wrong with a call that somebody wrote. */
export function badCall(message: string, hint?: string): ChainError {
  const more = hint === undefined ? {} : { hint }
  return new ChainError(message, { code: 'BAD_CALL', fault: 'usage', ...more })
}
