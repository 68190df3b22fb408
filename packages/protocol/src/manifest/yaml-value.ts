import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type Scalar,
} from 'yaml'
import { isForbiddenKey } from '../codec/forbidden-keys.ts'
import { MAX_DEPTH } from '../limits.ts'
import { printable } from '../printable.ts'
import type { KeyPath } from './paths.ts'
import { YamlError } from './yaml-error.ts'

type Context = { readonly lines: LineCounter; readonly textPaths: readonly KeyPath[] }

/**
 * Reads the plain part of YAML 1.2: maps with text keys, lists, scalars of the core schema. No anchors, aliases, tags, merge keys,
 * duplicate keys, several documents, or nesting beyond MAX_DEPTH (T16, T17).
 * @param textPaths - where a bare number, true, false or null is the text as written ("100.50", "0").
 * @throws {YamlError} YAML_NOT_PLAIN at the first thing that is not allowed.
 */
export function readYaml(text: string, textPaths: readonly KeyPath[]): unknown {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    // Checked in toMap: the library compares every pair, 5 s for 20,000 keys.
    uniqueKeys: false,
    merge: false,
    resolveKnownTags: false,
    schema: 'core',
  })
  const [problem] = [...document.errors, ...document.warnings]
  if (problem !== undefined) throw refusal(lines, problem.pos[0], printable(problem.message))
  return toPlain(document.contents, [], { lines, textPaths })
}

function toPlain(node: unknown, path: KeyPath, context: Context): unknown {
  if (node === null || node === undefined) return null
  const start = startOf(node)
  if (path.length > MAX_DEPTH) {
    throw refusal(context.lines, start, `nested deeper than ${MAX_DEPTH}`)
  }
  if (isAlias(node)) throw refusal(context.lines, start, 'aliases (*name) are not allowed')
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return null
  if (node.anchor !== undefined) {
    throw refusal(context.lines, start, 'anchors (&name) are not allowed')
  }
  if (node.tag !== undefined) throw refusal(context.lines, start, 'tags (!name) are not allowed')
  if (isSeq(node)) return node.items.map((item) => toPlain(item, [...path, '*'], context))
  return isMap(node) ? toMap(node.items, path, context) : toScalar(node, path, context)
}

function toMap(pairs: readonly Pair[], path: KeyPath, context: Context): Record<string, unknown> {
  const entries = new Map<string, unknown>()
  for (const { key, value } of pairs) {
    const name = toPlain(key, [...path, ''], context)
    const start = startOf(key)
    if (typeof name !== 'string') throw refusal(context.lines, start, 'a key that is not a text')
    if (isForbiddenKey(name))
      throw refusal(context.lines, start, `the key "${name}" is not allowed`)
    if (entries.has(name)) throw refusal(context.lines, start, `"${printable(name)}" stands twice`)
    entries.set(name, toPlain(value, [...path, name], context))
  }
  return Object.fromEntries(entries)
}

function toScalar(node: Scalar, path: KeyPath, { textPaths }: Context): unknown {
  const isText = textPaths.some((text) => isSamePath(text, path))
  // Quoted scalars are texts already; `source` is what was written before the schema read it.
  return isText && typeof node.value !== 'string' ? (node.source ?? node.value) : node.value
}

function isSamePath(a: KeyPath, b: KeyPath): boolean {
  return a.length === b.length && a.every((key, i) => key === b[i])
}

function startOf(node: unknown): number {
  const range = isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range : null
  return range?.[0] ?? 0
}

function refusal(lines: LineCounter, offset: number, problem: string): YamlError {
  const { line } = lines.linePos(offset)
  return new YamlError(`line ${line}: ${problem}`, { code: 'YAML_NOT_PLAIN', line })
}
