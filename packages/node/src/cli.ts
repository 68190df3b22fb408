import { CommanderError, Option, Command as Parser } from 'commander'
import type { Command } from './framework/command.ts'
import { explainUsage } from './framework/explain-usage.ts'
import { flagName, type OptionSpec, type OptionSpecs, shownFallback } from './framework/option.ts'
import type { Invocation } from './framework/run-command.ts'
import { sharedOptions } from './framework/shared-options.ts'
import { readVersion } from './runtime/read-version.ts'

/** What the command line asks for. */
export type Parsed =
  | { readonly kind: 'run'; readonly invocation: Invocation }
  | { readonly kind: 'print'; readonly text: string }
  | {
      readonly kind: 'wrong'
      readonly command: string
      readonly message: string
      readonly hint: string
    }

/** Commands and what the words in front of two-word commands mean: `federation create` is in the group `federation`. */
export type CommandTree = {
  readonly commands: readonly Command[]
  readonly groups: Readonly<Record<string, string>>
}

const DESCRIPTION = 'Train one model together without moving data; be measured and paid for it.'
const HELP_WIDTH = 80

/** Reads the words after `fednode`. Never prints, never exits, never throws for wrong input. */
export function parseArgv(argv: readonly string[], tree: CommandTree): Parsed {
  const found: { invocation?: Invocation; help: string } = { help: '' }
  const program = buildProgram(tree, (invocation) => {
    found.invocation = invocation
  })
  for (const parser of [program, ...program.commands, ...program.commands.flatMap(children)]) {
    parser.exitOverride().configureOutput({
      writeOut: (text) => {
        found.help += text
      },
      writeErr: () => {},
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
    })
  }
  if (argv.length === 0) return { kind: 'print', text: program.helpInformation() }
  try {
    program.parse([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return { kind: 'print', text: found.help }
    const group = program.commands.find((candidate) => candidate.name() === argv[0])
    const known = group === undefined ? [] : group.commands.map((candidate) => candidate.name())
    return { kind: 'wrong', ...explainUsage(error, { argv, tree, known }) }
  }
  return found.invocation === undefined
    ? { kind: 'print', text: program.helpInformation() }
    : { kind: 'run', invocation: found.invocation }
}

function buildProgram(tree: CommandTree, onRun: (invocation: Invocation) => void): Parser {
  const program = new Parser('fednode')
    .description(DESCRIPTION)
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .configureHelp({ showGlobalOptions: false })
    .helpCommand('help [command]', 'show help of a command')
    .addHelpText('after', '\nExample:\n  fednode up\n\nMore: docs/cli.md, docs/exit-codes.md')
  for (const command of tree.commands) {
    const words = command.name.split(' ')
    const parent = words.length === 1 ? program : groupOf(program, words[0] ?? '', tree)
    addCommand(parent, command, onRun)
  }
  return program
}

function groupOf(program: Parser, name: string, tree: CommandTree): Parser {
  const existing = program.commands.find((command) => command.name() === name)
  if (existing !== undefined) return existing
  return program
    .command(name)
    .description(tree.groups[name] ?? '')
    .helpOption('-h, --help', 'show help')
}

function addCommand(parent: Parser, command: Command, onRun: (i: Invocation) => void): void {
  const parser = parent
    .command(command.name.split(' ').at(-1) ?? command.name)
    .description(command.summary)
    .helpOption('-h, --help', 'show help')
    .addHelpText('after', `\nExample:\n  ${command.example.replaceAll('\n', '\n  ')}`)
  const keys = Object.keys(command.arguments)
  for (const [key, spec] of Object.entries(command.arguments)) {
    const name = `${flagName(key)}${spec.kind === 'many' ? '...' : ''}`
    parser.argument(spec.required ? `<${name}>` : `[${name}]`, spec.summary)
  }
  const specs: OptionSpecs = { ...command.options, ...sharedOptions }
  const options = Object.entries(specs).map(([key, spec]) => ({ key, option: optionOf(key, spec) }))
  for (const { option } of options) parser.addOption(option)
  parser.action(() => {
    const values = parser.opts()
    onRun({
      command,
      flags: Object.fromEntries(
        options.flatMap(({ key, option }) => {
          const value: unknown = values[option.attributeName()]
          // `--no-report` reads as report: false; the key of the option is noReport.
          const texts = option.negate ? (value === false ? ['true'] : undefined) : textsOf(value)
          return texts === undefined ? [] : [[key, texts]]
        }),
      ),
      positionals: positionalsOf(keys, parser.args, command.arguments),
    })
  })
}

function optionOf(key: string, spec: OptionSpec): Option {
  const flag = `--${flagName(key)}`
  const option = new Option(
    spec.kind === 'switch' ? flag : `${flag} <${spec.type.placeholder}>`,
    describe(spec),
  )
  if (spec.kind === 'many') {
    option.argParser((text: string, earlier: readonly string[] | undefined) => [
      ...(earlier ?? []),
      text,
    ])
  }
  return option
}

function describe(spec: OptionSpec): string {
  if (spec.required) return `${spec.summary} (required)`
  const fallback = spec.kind === 'one' ? spec.fallback : undefined
  return fallback === undefined ? spec.summary : `${spec.summary} (default: ${shownFallback(spec)})`
}

function positionalsOf(
  keys: readonly string[],
  args: readonly string[],
  specs: OptionSpecs,
): Record<string, readonly string[]> {
  return Object.fromEntries(
    keys.flatMap((key, index) => {
      const texts = specs[key]?.kind === 'many' ? args.slice(index) : args.slice(index, index + 1)
      return texts.length === 0 ? [] : [[key, texts]]
    }),
  )
}

function textsOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined
  return Array.isArray(value) ? value.map(String) : [String(value)]
}

function children(parser: Parser): readonly Parser[] {
  return parser.commands
}
