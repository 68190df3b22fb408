import { expect, test } from 'vitest'
import { renderCliDocs } from '../../../src/cli-docs.ts'
import { commandTree } from '../../../src/commands/command-tree.ts'
import { flagName } from '../../../src/framework/option.ts'
import { runCli } from './run-cli.ts'

test('the generated documentation names every command and every option', () => {
  const docs = renderCliDocs()
  for (const command of commandTree.commands) {
    expect(docs).toContain(`## fednode ${command.name}`)
    for (const key of Object.keys(command.options)) expect(docs).toContain(`--${flagName(key)}`)
  }
})

test.each(commandTree.commands.map((command) => [command.name, command] as const))(
  '%s: help fits 80 columns and shows an example that the parser understands',
  async (name, command) => {
    const { code, stdout } = await runCli([...name.split(' '), '--help'])
    expect(code).toBe(0)
    const examples = command.example.split('\n')
    expect(stdout).toContain(`Example:\n${examples.map((one) => `  ${one}`).join('\n')}`)
    const lines = stdout.split('\n').filter((line) => !examples.includes(line.trim()))
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(command.summary).not.toMatch(/\.$/)
    const { parseArgv } = await import('../../../src/cli.ts')
    for (const example of examples) {
      expect(example.startsWith(`fednode ${name}`)).toBe(true)
      const words = example.split(' ').slice(1)
      expect(parseArgv(words, commandTree)).toMatchObject({ kind: 'run' })
    }
  },
)

test('every command has a group or stands alone, and names are unique', () => {
  const names = commandTree.commands.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names.filter((candidate) => candidate.includes(' '))) {
    expect(Object.keys(commandTree.groups)).toContain(name.split(' ')[0])
  }
})

test('no option carries a secret: keys come from files', () => {
  for (const { options, name } of commandTree.commands) {
    for (const key of Object.keys(options)) {
      // The path of a file, not what is in it; what draws rows, not keys.
      if (key === 'passwordFile' || `${name} --${key}` === 'model finetune --seed') continue
      expect(`${name} --${key}`).not.toMatch(/(private|secret|password|mnemonic|seed(?!Cur))/i)
    }
  }
})
