import type { CommandTree } from '../cli.ts'

/** A wrong command line in fednode's words: which command, what is wrong, what to do. */
export type UsageAnswer = {
  readonly command: string
  readonly message: string
  readonly hint: string
}

/**
 * Turns what the argument parser says into one line and a hint.
 * @param about - `known`: commands of the group that was named without one.
 */
export function explainUsage(
  error: { readonly code: string; readonly message: string },
  about: {
    readonly argv: readonly string[]
    readonly tree: CommandTree
    readonly known: readonly string[]
  },
): UsageAnswer {
  const words = wordsOf(about.argv, about.tree)
  const command = words.join(' ')
  const help = ['fednode', ...words, '--help'].join(' ')
  // `fednode market --json`: what is missing is the command, whatever the flag.
  const isHalf = about.known.length > 0 && about.argv[1]?.startsWith('-')
  if (error.code === 'commander.help' || isHalf) {
    return { command, message: `${command} needs a command: ${about.known.join(', ')}`, hint: help }
  }
  const [first = '', suggestion] = error.message.replace(/^error: /, '').split('\n')
  const ask = suggestion === undefined ? '' : `${suggestion.replace(/^\((.*)\)$/, '$1')} `
  return { command, message: first.replaceAll("'", '"'), hint: `${ask}See  ${help}` }
}

/** The leading words that name a group or a command. */
function wordsOf(argv: readonly string[], { commands, groups }: CommandTree): readonly string[] {
  const [first = '', second = ''] = argv
  if (commands.some(({ name }) => name === `${first} ${second}`)) return [first, second]
  return commands.some(({ name }) => name === first) || Object.hasOwn(groups, first) ? [first] : []
}
