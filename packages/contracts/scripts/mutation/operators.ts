import {
  type AstNode,
  childAt,
  childList,
  childrenOf,
  rangeOf,
  type SourceFile,
  textOf,
} from '../solidity-ast.ts'

/** A change of the bytes of one node. */
export type Edit = {
  readonly kind: string
  readonly start: number
  readonly end: number
  readonly to: string
}

export type Operator = (
  source: SourceFile,
  node: AstNode,
  above: readonly AstNode[],
) => readonly Edit[]

/** Every kind of mistake that is planted: roundings, comparisons, limits and checks. */
export const OPERATORS: readonly Operator[] = [
  flipComparison,
  flipDivision,
  flipShift,
  flipHelper,
  deleteCheck,
  weakenCheck,
  dropModifier,
  ignoreRevert,
]

const COMPARISONS: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' }

/** a < b to a <= b; in a choice of the smaller or larger of a and b, where that would change nothing, to a > b. */
function flipComparison(source: SourceFile, node: AstNode, above: readonly AstNode[]): Edit[] {
  const { operator, left, right } = binaryParts(node)
  const flipped = COMPARISONS[operator]
  if (flipped === undefined || left === undefined || right === undefined) return []
  if (isLoopCondition(node, above)) return []
  const to = isChoiceOfSides(source, node, above) ? mirrored(operator) : flipped
  return [replace(node, 'comparison', `${textOf(source, left)} ${to} ${textOf(source, right)}`)]
}

function mirrored(operator: string): string {
  return operator.startsWith('<') ? '>' : '<'
}

/** One turn more or less of a loop is no limit, and reads outside of its array. */
function isLoopCondition(node: AstNode, above: readonly AstNode[]): boolean {
  return above[0]?.nodeType === 'ForStatement' && childAt(above[0], 'condition') === node
}

function isChoiceOfSides(source: SourceFile, node: AstNode, above: readonly AstNode[]): boolean {
  const choice = above[0]
  if (choice?.nodeType !== 'Conditional') return false
  const { left, right } = binaryParts(node)
  const sides = [left, right].map((side) => side && textOf(source, side)).sort()
  const results = [childAt(choice, 'trueExpression'), childAt(choice, 'falseExpression')]
    .map((result) => result && textOf(source, result))
    .sort()
  return sides.join(' ') === results.join(' ')
}

/** Rounds a division up. */
function flipDivision(source: SourceFile, node: AstNode): Edit[] {
  const { operator, left, right } = binaryParts(node)
  if (operator !== '/' || left === undefined || right === undefined) return []
  if (isLiteral(node)) return []
  const [a, b] = [textOf(source, left), textOf(source, right)]
  return [replace(node, 'division up', `((${a}) / (${b}) + ((${a}) % (${b}) == 0 ? 0 : 1))`)]
}

/** Rounds up where the ledger's scale is divided away. */
function flipShift(source: SourceFile, node: AstNode): Edit[] {
  const { operator, left, right } = binaryParts(node)
  if (operator !== '>>' || left === undefined || right === undefined) return []
  const [a, b] = [textOf(source, left), textOf(source, right)]
  if (!b.includes('SCALE_BITS')) return []
  return [replace(node, 'shift up', `(((${a}) + ((1 << ${b}) - 1)) >> ${b})`)]
}

/** Helpers and what rounds, or limits, the other way. */
const HELPERS: Readonly<Record<string, string>> = {
  fullMulDiv: 'fullMulDivUp',
  fullMulDivUp: 'fullMulDiv',
  mulDiv: 'mulDivUp',
  mulDivUp: 'mulDiv',
  mulWad: 'mulWadUp',
  mulWadUp: 'mulWad',
  divWad: 'divWadUp',
  divWadUp: 'divWad',
  min: 'max',
  max: 'min',
}

function flipHelper(source: SourceFile, node: AstNode): Edit[] {
  const callee = childAt(node, 'expression')
  if (node.nodeType !== 'FunctionCall' || callee === undefined) return []
  const args = childList(node, 'arguments').map((argument) => textOf(source, argument))
  const name = textOf(source, callee)
  const [library, member] = name.includes('.') ? splitLast(name) : ['', name]
  const twin = HELPERS[member]
  if (twin !== undefined && library !== '') return [replace(callee, 'helper', `${library}.${twin}`)]
  const [a, b, c] = args.map((argument) => `(${argument})`)
  if (member === 'divUp') return [replace(node, 'helper', `(${a} / ${b})`)]
  if (member === '_mulDivUp') return [replace(node, 'helper', `(${a} * ${b} / ${c})`)]
  return flipOwnHelper(source, callee, member)
}

/** fooUp to fooDown, when the same file knows both. */
function flipOwnHelper(source: SourceFile, callee: AstNode, name: string): Edit[] {
  const twin = name.endsWith('Up') ? `${name.slice(0, -2)}Down` : name.replace(/Down$/, 'Up')
  const known = new RegExp(`function ${twin}\\(`).test(source.bytes.toString('utf8'))
  if (twin === name || !known) return []
  return [replace(callee, 'helper', textOf(source, callee).replace(name, twin))]
}

/** A function whose name says that it refuses what is wrong. */
const CHECKS = /^_?(require|check|ensure)(?![a-z])/

function deleteCheck(source: SourceFile, node: AstNode): Edit[] {
  if (node.nodeType !== 'ExpressionStatement' || !CHECKS.test(calleeOf(node))) return []
  const { start, end } = rangeOf(node)
  // The statement's range ends before its semicolon, and a semicolon alone is no statement.
  const semicolon = source.bytes.indexOf(';', end)
  return [{ kind: 'check', start, end: semicolon + 1, to: '{}' }]
}

/** Leaves out one part of a check that has several. */
function weakenCheck(source: SourceFile, node: AstNode): Edit[] {
  const call = childAt(node, 'expression')
  if (node.nodeType !== 'ExpressionStatement' || !CHECKS.test(calleeOf(node))) return []
  const condition = call && childList(call, 'arguments')[0]
  if (condition === undefined) return []
  return partsOf(condition).map(({ part, neutral }) => {
    // The description shows the whole condition, so that equal parts of different checks have different names.
    const { start, end } = rangeOf(part)
    const whole = rangeOf(condition)
    const before = source.bytes.subarray(whole.start, start).toString('utf8')
    const after = source.bytes.subarray(end, whole.end).toString('utf8')
    return replace(condition, 'part of a check', `${before}${neutral}${after}`)
  })
}

type Part = { readonly part: AstNode; readonly neutral: 'true' | 'false' }

function partsOf(condition: AstNode): Part[] {
  if (condition.nodeType === 'TupleExpression') return childrenOf(condition).flatMap(partsOf)
  const { operator, left, right } = binaryParts(condition)
  if (left === undefined || right === undefined || !['&&', '||'].includes(operator)) return []
  const neutral = operator === '&&' ? 'true' : 'false'
  return [left, right].flatMap((side) => {
    const deeper = partsOf(side)
    return deeper.length > 0 ? deeper : [{ part: side, neutral } as const]
  })
}

/** Name of the function, without a library's, that a statement calls; empty when it does something else. */
function calleeOf(statement: AstNode): string {
  const call = childAt(statement, 'expression')
  const callee = call?.nodeType === 'FunctionCall' ? childAt(call, 'expression') : undefined
  return String(callee?.name ?? callee?.memberName ?? '')
}

function dropModifier(_source: SourceFile, node: AstNode): Edit[] {
  if (node.nodeType !== 'ModifierInvocation' || node.kind === 'baseConstructorSpecifier') return []
  return [replace(node, 'modifier', '')]
}

/** Never takes a branch that does nothing but revert. */
function ignoreRevert(_source: SourceFile, node: AstNode): Edit[] {
  const condition = childAt(node, 'condition')
  if (node.nodeType !== 'IfStatement' || condition === undefined) return []
  const body = childAt(node, 'trueBody')
  const statements = body?.nodeType === 'Block' ? childList(body, 'statements') : [body]
  if (statements.length !== 1 || statements[0]?.nodeType !== 'RevertStatement') return []
  return [replace(condition, 'check', 'false')]
}

function binaryParts(node: AstNode): { operator: string; left?: AstNode; right?: AstNode } {
  if (node.nodeType !== 'BinaryOperation') return { operator: '' }
  const [left, right] = [childAt(node, 'leftExpression'), childAt(node, 'rightExpression')]
  if (left === undefined || right === undefined) return { operator: '' }
  return { operator: String(node.operator), left, right }
}

/** Computed by the compiler, exactly. */
function isLiteral(node: AstNode): boolean {
  const type = node.typeDescriptions as { typeString?: string } | undefined
  return /^(int|rational)_const/.test(type?.typeString ?? '')
}

function replace(node: AstNode, kind: string, to: string): Edit {
  return { kind, ...rangeOf(node), to }
}

function splitLast(name: string): [string, string] {
  const at = name.lastIndexOf('.')
  return [name.slice(0, at), name.slice(at + 1)]
}
