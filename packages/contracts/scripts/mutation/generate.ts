import { type AstNode, type SourceFile, walkAst } from '../solidity-ast.ts'
import { compileQuickly, errorsOf, type Sources } from '../warm-solc.ts'
import { describeMutant, type Mutant } from './mutant.ts'
import { type Edit, OPERATORS } from './operators.ts'

const NOT_MUTATED = /^solidity\/(interfaces\/|libraries\/ErrorsLib\.sol$)/

/**
 * Every mistake that the operators can plant, file by file, line by line; the same one only once.
 * @param sources - without tests.
 */
export function generateMutants(sources: Sources): Mutant[] {
  const mutants = parseSources(sources).flatMap(mutantsOf)
  return numberAlike([...new Map(mutants.map((mutant) => [mutant.text, mutant])).values()])
}

/** Gives each a description of its own. */
function numberAlike(mutants: readonly Mutant[]): Mutant[] {
  const seen = new Map<string, number>()
  return mutants.map((mutant) => {
    const name = describeMutant(mutant)
    const nth = (seen.get(name) ?? 0) + 1
    seen.set(name, nth)
    return nth === 1 ? mutant : { ...mutant, nth }
  })
}

function parseSources(sources: Sources): SourceFile[] {
  const output = compileQuickly({ sources, outputs: { '*': { '': ['ast'] } }, optimizer: false })
  const errors = errorsOf(output)
  if (errors.length > 0) throw new Error(errors.join('\n'))
  return [...sources].flatMap(([file, text]) => {
    const ast = output.sources[file]?.ast
    if (ast === undefined || NOT_MUTATED.test(file)) return []
    return [{ file, bytes: Buffer.from(text), ast }]
  })
}

function mutantsOf(source: SourceFile): Mutant[] {
  const mutants: Mutant[] = []
  walkAst(source.ast, (node, above) => {
    for (const operator of OPERATORS) {
      for (const edit of operator(source, node, above)) {
        mutants.push(applyEdit(source, edit, placeOf(above)))
      }
    }
  })
  return mutants
}

function placeOf(above: readonly AstNode[]): string {
  const types = ['FunctionDefinition', 'ModifierDefinition']
  const definition = above.find(({ nodeType }) => types.includes(nodeType))
  return String(definition?.name || definition?.kind || '')
}

function applyEdit({ file, bytes }: SourceFile, edit: Edit, place: string): Mutant {
  const [head, tail] = [bytes.subarray(0, edit.start), bytes.subarray(edit.end)]
  const from = bytes.subarray(edit.start, edit.end).toString('utf8')
  return {
    file: file.slice('solidity/'.length),
    line: head.toString('utf8').split('\n').length,
    place,
    kind: edit.kind,
    from,
    to: edit.to,
    text: `${head.toString('utf8')}${edit.to}${tail.toString('utf8')}`,
  }
}
