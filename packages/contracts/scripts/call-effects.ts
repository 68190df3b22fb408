import { type AstNode, childAt, childrenOf, isNode, walkAst } from './solidity-ast.ts'

/** What running some code does, in the order that matters. */
export type Effects = {
  /** It hands control to another contract. */
  readonly calls: boolean
  readonly writes: boolean
  readonly emits: boolean
  /** It compares something with the zero address. */
  readonly checksZero: boolean
  /** Functions in which a write follows a call. */
  readonly late: ReadonlySet<string>
}

const NOTHING: Effects = {
  calls: false,
  writes: false,
  emits: false,
  checksZero: false,
  late: new Set(),
}

/**
 * Tells what each function does, the functions that it calls included; a loop runs twice. A call through an interface counts as one to a
 * stranger, whoever is behind it, unless it is a view or takes the family's lock. Transient storage is no state: it is gone before anybody can read it.
 * @param roots - syntax trees of one compilation, libraries included.
 */
export function createEffectsOf(roots: readonly AstNode[]): (definition: AstNode) => Effects {
  const declarations = declarationsOf(roots)
  const known = new Map<AstNode, Effects>()

  function effectsOf(definition: AstNode): Effects {
    const before = known.get(definition)
    if (before !== undefined) return before
    // Set before its body is read, so that a recursion ends.
    known.set(definition, NOTHING)
    const body = childAt(definition, 'body')
    const effects = body === undefined ? NOTHING : read(body, String(definition.name))
    known.set(definition, effects)
    return effects
  }

  function read(node: AstNode, owner: string): Effects {
    const parts = childrenOf(node).map((child) => read(child, owner))
    const below = parts.reduce((a, b) => then(a, b, owner), NOTHING)
    const once = then(below, own(node), owner)
    return LOOPS.has(node.nodeType) ? then(once, once, owner) : once
  }

  function own(node: AstNode): Effects {
    if (node.nodeType === 'EmitStatement') return { ...NOTHING, emits: true }
    if (node.nodeType === 'YulFunctionCall') return yulEffects(node)
    if (writesState(node, declarations)) return { ...NOTHING, writes: true }
    if (isZeroComparison(node)) return { ...NOTHING, checksZero: true }
    if (node.nodeType !== 'FunctionCall') return NOTHING
    if (isExternalCall(node)) return { ...NOTHING, calls: true }
    const callee = calleeOf(node, declarations)
    return callee === undefined ? NOTHING : effectsOf(callee)
  }

  return effectsOf
}

const LOOPS = new Set(['ForStatement', 'WhileStatement'])

function then(a: Effects, b: Effects, owner: string): Effects {
  return {
    calls: a.calls || b.calls,
    writes: a.writes || b.writes,
    emits: a.emits || b.emits,
    checksZero: a.checksZero || b.checksZero,
    late: new Set([...a.late, ...b.late, ...(a.calls && b.writes ? [owner] : [])]),
  }
}

function declarationsOf(roots: readonly AstNode[]): ReadonlyMap<number, AstNode> {
  const declarations = new Map<number, AstNode>()
  for (const root of roots) {
    walkAst(root, (node) => {
      if (typeof node.id === 'number') declarations.set(node.id, node)
    })
  }
  return declarations
}

function writesState(node: AstNode, declarations: ReadonlyMap<number, AstNode>): boolean {
  const target =
    node.nodeType === 'Assignment' ? childAt(node, 'leftHandSide') : changedOperand(node)
  if (target === undefined) return false
  if (target.nodeType === 'TupleExpression') {
    return childrenOf(target).some((part) => isStorage(part, declarations))
  }
  return isStorage(target, declarations)
}

function changedOperand(node: AstNode): AstNode | undefined {
  const changes = ['++', '--', 'delete'].includes(String(node.operator))
  return node.nodeType === 'UnaryOperation' && changes ? childAt(node, 'subExpression') : undefined
}

function isStorage(target: AstNode, declarations: ReadonlyMap<number, AstNode>): boolean {
  let root = target
  for (let next: AstNode | undefined = root; next !== undefined; root = next, next = below(root)) {}
  const declaration = declarations.get(Number(root.referencedDeclaration))
  if (declaration?.nodeType !== 'VariableDeclaration') return false
  if (declaration.stateVariable === true) return declaration.storageLocation !== 'transient'
  // A local that points at storage; assigning the pointer itself writes nothing.
  return declaration.storageLocation === 'storage' && root !== target
}

function below(node: AstNode): AstNode | undefined {
  if (node.nodeType === 'MemberAccess') return childAt(node, 'expression')
  if (node.nodeType === 'IndexAccess') return childAt(node, 'baseExpression')
  return undefined
}

/** A pool's first call: its Scenario takes the lock, and calls nobody. */
const LOCK_CALLS = ['hold', 'holdForTrade']

function isExternalCall(node: AstNode): boolean {
  if (LOCK_CALLS.includes(String(childAt(node, 'expression')?.memberName))) return false
  const type = childAt(node, 'expression')?.typeDescriptions as Types | undefined
  const text = type?.typeString ?? ''
  return /^function .*\bexternal\b/.test(text) && !/\b(view|pure)\b/.test(text)
}

type Types = { readonly typeString?: string }

function calleeOf(call: AstNode, declarations: ReadonlyMap<number, AstNode>): AstNode | undefined {
  const expression = childAt(call, 'expression')
  const callee = declarations.get(Number(expression?.referencedDeclaration))
  return callee?.nodeType === 'FunctionDefinition' ? callee : undefined
}

function yulEffects(node: AstNode): Effects {
  const name = isNode(node.functionName) ? node.functionName.name : ''
  if (name === 'sstore') return { ...NOTHING, writes: true }
  if (/^log[0-4]$/.test(String(name))) return { ...NOTHING, emits: true }
  return name === 'call' || name === 'delegatecall' ? { ...NOTHING, calls: true } : NOTHING
}

function isZeroComparison(node: AstNode): boolean {
  if (node.nodeType !== 'BinaryOperation' || !['==', '!='].includes(String(node.operator))) {
    return false
  }
  return [childAt(node, 'leftExpression'), childAt(node, 'rightExpression')].some(
    (side) =>
      side?.nodeType === 'FunctionCall' &&
      side.kind === 'typeConversion' &&
      (side.typeDescriptions as Types).typeString === 'address' &&
      childrenOf(side).some((argument) => argument.value === '0'),
  )
}
