import process from 'node:process'
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'

/** Values of a script's options, as parseArgs gives them. */
type Values<T extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: T & { help: { type: 'boolean' } } }>
>['values']

/**
 * Reads a script's options. With --help it prints `usage`, with a wrong option one line and `usage` (exit code 2), and answers with nothing.
 * @param usage - one line, for example "test:soak [--rounds N]".
 */
export function readOptions<const T extends ParseArgsOptionsConfig>(
  usage: string,
  options: T,
): Values<T> | undefined {
  try {
    const args = process.argv.slice(2).filter((argument) => argument !== '--')
    const { values } = parseArgs({ args, options: { ...options, help: { type: 'boolean' } } })
    // parseArgs cannot tell from a type parameter what its options hold.
    if (!('help' in values)) return values as Values<T>
    process.stdout.write(`${usage}\n`)
  } catch (error) {
    // Its first sentence says which option; the rest is about positional arguments.
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)
    process.stderr.write(`${message}; usage: ${usage}\n`)
    process.exitCode = 2
  }
  return undefined
}

/**
 * A whole number from a script's options, at least 1.
 * @returns undefined, with one line and exit code 2, when it is none.
 */
export function wholeNumber(name: string, text: string): number | undefined {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 1) return value
  process.stderr.write(`--${name} is a whole number of at least 1, not "${text}"\n`)
  process.exitCode = 2
  return undefined
}
