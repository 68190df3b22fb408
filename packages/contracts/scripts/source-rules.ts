import { createEffectsOf, type Effects } from './call-effects.ts'
import { type AstNode, childAt, childList, walkAst } from './solidity-ast.ts'
import { compileQuickly, errorsOf, type Sources } from './warm-solc.ts'

type TextRule = { pattern: RegExp; allowed: RegExp; why: string }

const TEXT_RULES: readonly TextRule[] = [
  // Attack 55 of CONTRACTS.md: overflow is argued away in one kind of file only.
  {
    pattern: /\bunchecked\b/,
    allowed: /^solidity\/(network\/)?libraries\/\w+Math\.sol$/,
    why: 'unchecked arithmetic',
  },
  {
    pattern: /\btx\.origin\b|\bselfdestruct\b|\bdelegatecall\b/,
    allowed: /^$/,
    why: 'a banned word',
  },
  { pattern: /pragma solidity (?!0\.8\.37;)/, allowed: /^$/, why: 'another compiler version' },
]

/** Functions that write after they called out, and why nobody can use that. */
const LATE_WRITES: Readonly<Record<string, string>> = {
  _move: "the hook of the token's own Scenario calls nobody",
  _settleLp: 'the pool draws from its own Scenario, under the lock of both',
  claimLp: 'the same',
  claim:
    'the call settles a client token, which calls nobody; the currency is paid after the last write',
  _claimSeeds:
    'each controller is paid in turn, under the lock; what it was owed is settled before',
  distribute: "the network's own EmissionController calls nobody but the token that it deployed",
  advance:
    'takes one of several steps, under the lock; each writes first, and calls the StakeManager last',
  _leaveRound: 'the same',
  wrap: 'what arrived is known after the transfer only; under its own lock',
}

/** Functions that change state without an event of their own, and where the event is. */
const SILENT: Readonly<Record<string, string>> = {
  settle: 'the Scenario says Claimed',
  onTokenMove: 'the token says Transfer',
}

/** Functions that take a zero recipient, and why that is harmless. */
const ANY_RECIPIENT: Readonly<Record<string, string>> = {
  onTokenMove: 'only tokens call it, and they have checked',
  mint: 'the currency of local chains and tests',
}

/**
 * What our own rules say about the Solidity sources; empty when they hold.
 * @param sources - without tests; paths from the package's root.
 */
export function findRuleBreaks(sources: Sources): string[] {
  const output = compileQuickly({ sources, outputs: { '*': { '': ['ast'] } }, optimizer: false })
  const errors = errorsOf(output)
  if (errors.length > 0) return errors
  const roots = Object.values(output.sources).map(({ ast }) => ast)
  const effectsOf = createEffectsOf(roots)
  return [...sources].flatMap(([file, text]) => {
    const ast = output.sources[file]?.ast
    const functions = ast === undefined ? [] : functionsOf(ast)
    return [
      ...textBreaks(file, text),
      ...functions.flatMap((definition) => functionBreaks(file, definition, effectsOf(definition))),
    ]
  })
}

function textBreaks(file: string, text: string): string[] {
  const code = text.replace(/\/\/.*$/gm, '')
  return TEXT_RULES.filter(({ pattern, allowed }) => pattern.test(code) && !allowed.test(file)).map(
    ({ why }) => `${file}: ${why}`,
  )
}

/** What anybody may call, bodies only. */
function functionsOf(ast: AstNode): AstNode[] {
  const functions: AstNode[] = []
  walkAst(ast, (node) => {
    const open = node.visibility === 'external' || node.visibility === 'public'
    if (node.nodeType === 'FunctionDefinition' && open && childAt(node, 'body') !== undefined) {
      functions.push(node)
    }
  })
  return functions.filter(({ kind }) => kind === 'function')
}

function functionBreaks(file: string, definition: AstNode, effects: Effects): string[] {
  const name = String(definition.name)
  const late = [...effects.late].filter((owner) => !(owner in LATE_WRITES))
  return [
    ...late.map(
      (owner) => `${file}: ${name}: ${owner} writes state after a call to another contract`,
    ),
    ...(effects.writes && !effects.emits && !(name in SILENT)
      ? [`${file}: ${name}: state changes without an event`]
      : []),
    ...(takesRecipient(definition) && !effects.checksZero && !(name in ANY_RECIPIENT)
      ? [`${file}: ${name}: "to" may be the zero address`]
      : []),
  ]
}

function takesRecipient(definition: AstNode): boolean {
  const parameters = childAt(definition, 'parameters')
  return parameters !== undefined && childList(parameters, 'parameters').some(isRecipient)
}

function isRecipient({ name, typeDescriptions }: AstNode): boolean {
  return name === 'to' && (typeDescriptions as { typeString?: string }).typeString === 'address'
}
