/** A node of the compiler's syntax tree; what else it has depends on `nodeType`. */
export type AstNode = {
  readonly nodeType: string
  /** Byte offset, length and file index, with colons between. */
  readonly src: string
  readonly [field: string]: unknown
}

/** A file as the compiler sees it: its tree counts bytes, not characters. */
export type SourceFile = { readonly file: string; readonly bytes: Buffer; readonly ast: AstNode }

/** Calls `visit` for every node below `node`, itself included, in source order, with the nodes above it, nearest first. */
export function walkAst(
  node: AstNode,
  visit: (node: AstNode, above: readonly AstNode[]) => void,
  above: readonly AstNode[] = [],
): void {
  visit(node, above)
  const path = [node, ...above]
  for (const child of childrenOf(node)) walkAst(child, visit, path)
}

/** Nodes directly below, in source order. */
export function childrenOf(node: AstNode): AstNode[] {
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode)
    .sort((a, b) => rangeOf(a).start - rangeOf(b).start)
}

export function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && 'nodeType' in value
}

/** The node in `field`; undefined when there is none. */
export function childAt(node: AstNode, field: string): AstNode | undefined {
  const value = node[field]
  return isNode(value) ? value : undefined
}

/** The nodes in `field`, a list. */
export function childList(node: AstNode, field: string): AstNode[] {
  const value = node[field]
  return Array.isArray(value) ? value.filter(isNode) : []
}

/** Bytes that a node covers. */
export function rangeOf(node: AstNode): { start: number; end: number } {
  const [start = 0, length = 0] = node.src.split(':').map(Number)
  return { start, end: start + length }
}

export function textOf(source: SourceFile, node: AstNode): string {
  const { start, end } = rangeOf(node)
  return source.bytes.subarray(start, end).toString('utf8')
}
