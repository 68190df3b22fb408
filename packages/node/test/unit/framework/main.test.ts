import { FedError, UserError } from '@fednode/protocol'
import { describe, expect, test } from 'vitest'
import { type Command, defineCommand, type Outcome } from '../../../src/framework/command.ts'
import type { Context } from '../../../src/framework/context.ts'
import { optional, repeated, required, toggle } from '../../../src/framework/option.ts'
import { integer, text } from '../../../src/framework/value-type.ts'
import { runCli } from './run-cli.ts'

const count = optional(integer('N', 1, 9), 'how many')

function commandThat(run: (context: Context) => Promise<Outcome | undefined>): Command {
  return defineCommand({
    name: 'farm feed',
    summary: 'feed the animals',
    example: 'fednode farm feed hay --count 2',
    arguments: { food: required(text('FOOD'), 'what to give') },
    options: { count, noHay: toggle('without hay'), to: repeated(text('ANIMAL'), 'whom') },
    load: async () => ({ init: (args: object) => args, run: (_, context) => run(context) }),
  })
}

const echo = defineCommand({
  name: 'farm echo',
  summary: 'say what was understood',
  example: 'fednode farm echo hay',
  arguments: { food: required(text('FOOD'), 'what to give') },
  options: { count, noHay: toggle('without hay'), to: repeated(text('ANIMAL'), 'whom') },
  load: async () => ({
    init: (args) => args,
    run: async (args) => ({ data: args, text: 'understood' }),
  }),
})

function treeOf(...commands: readonly Command[]) {
  return { commands, groups: { farm: 'the farm' } }
}

describe('what a command line means', () => {
  const tree = treeOf(echo)

  test('flags, repeated flags, switches and arguments reach the handler with their types', async () => {
    const argv = ['farm', 'echo', 'hay', '--count', '3', '--to', 'cow', '--to', 'hen', '--no-hay']
    const { code, stdout } = await runCli([...argv, '--json'], { tree })
    expect(code).toBe(0)
    expect(JSON.parse(stdout).data).toMatchObject({
      food: 'hay',
      count: 3,
      to: ['cow', 'hen'],
      noHay: true,
    })
  })

  test('what nobody says has its fallback', async () => {
    const { stdout } = await runCli(['farm', 'echo', 'hay', '--json'], { tree })
    expect(JSON.parse(stdout).data).toMatchObject({ food: 'hay', to: [], noHay: false })
    expect(JSON.parse(stdout).data).not.toHaveProperty('count')
  })

  test('the environment stands in for a flag, and the flag wins', async () => {
    const io = { env: { FEDNODE_COUNT: '4', FEDNODE_TO: 'cow,hen' } }
    const fromEnv = await runCli(['farm', 'echo', 'hay', '--json'], { tree, io })
    expect(JSON.parse(fromEnv.stdout).data).toMatchObject({ count: 4, to: ['cow', 'hen'] })
    const fromFlag = await runCli(['farm', 'echo', 'hay', '--count', '5', '--json'], { tree, io })
    expect(JSON.parse(fromFlag.stdout).data).toMatchObject({ count: 5 })
  })

  test.each([
    [['farm', 'echo', 'hay', '--cuont', '3'], 'unknown option "--cuont"', 'Did you mean --count?'],
    [['frm'], 'unknown command "frm"', 'Did you mean farm?'],
    [['farm', 'ecko'], 'unknown command "ecko"', 'Did you mean echo?'],
    [['farm'], 'farm needs a command: echo', 'fednode farm --help'],
    [['farm', '--log-level', 'info'], 'farm needs a command: echo', 'fednode farm --help'],
    [['farm', 'echo'], 'missing required argument "food"', 'fednode farm echo --help'],
    [['farm', 'echo', 'hay', 'straw'], 'too many arguments', 'fednode farm echo --help'],
    [['farm', 'echo', 'hay', '--count'], 'option "--count <N>" argument missing', '--help'],
  ])('%j is answered in one line with what to do, and exit 2', async (argv, message, hint) => {
    const { code, stdout, stderr } = await runCli(argv, { tree })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`fednode: ${message}`)
    expect(stderr).toContain(hint)
    expect(stderr).toMatch(/ {3}\[exit 2\]\n$/)
  })

  test('a value of the wrong kind names where it came from and what was expected', async () => {
    const fromFlag = await runCli(['farm', 'echo', 'hay', '--count', 'ten'], { tree })
    expect(fromFlag.stderr).toBe(
      'fednode: --count: got "ten", expected an integer from 1 to 9   [exit 2]\n',
    )
    const io = { env: { FEDNODE_COUNT: '10' } }
    const fromEnv = await runCli(['farm', 'echo', 'hay'], { tree, io })
    expect(fromEnv.stderr).toContain('FEDNODE_COUNT: got "10", expected an integer from 1 to 9')
  })

  test('help goes to stdout, shows the example and exits 0', async () => {
    for (const argv of [['farm', 'echo', '--help'], ['help', 'farm'], ['--help'], []]) {
      const { code, stdout, stderr } = await runCli(argv, { tree })
      expect({ argv, code, stderr }).toEqual({ argv, code: 0, stderr: '' })
      expect(stdout).toContain('Usage: fednode')
    }
    const { stdout } = await runCli(['farm', 'echo', '--help'], { tree })
    expect(stdout).toContain('Example:\n  fednode farm echo hay')
  })
})

describe('what comes out', () => {
  const argv = ['farm', 'feed', 'hay']

  test('a result is text for people and one envelope with --json', async () => {
    const tree = treeOf(commandThat(async () => ({ data: { fed: 2n }, text: 'fed 2' })))
    expect((await runCli(argv, { tree })).stdout).toBe('fed 2\n')
    const { stdout } = await runCli([...argv, '--json'], { tree })
    expect(stdout).toBe(
      '{"schemaVersion":1,"status":"ok","command":"farm feed","data":{"fed":"2"}}\n',
    )
  })

  test.each([
    ['usage', 2],
    ['refused', 3],
    ['network', 4],
    ['chain', 5],
    ['data', 6],
  ] as const)('an error of fault %s exits %i, with its hint indented', async (fault, exitCode) => {
    const tree = treeOf(
      commandThat(async () => {
        throw new UserError(fault, 'the barn is shut', { code: 'SHUT', hint: 'Open it.' })
      }),
    )
    const human = await runCli(argv, { tree })
    expect(human).toEqual({
      code: exitCode,
      stdout: '',
      stderr: `fednode: the barn is shut\n         Open it.   [exit ${exitCode}]\n`,
    })
    const json = await runCli([...argv, '--json'], { tree })
    expect(JSON.parse(json.stdout)).toEqual({
      schemaVersion: 1,
      status: 'error',
      command: 'farm feed',
      error: { code: 'SHUT', message: 'the barn is shut', hint: 'Open it.' },
    })
  })

  test('an unknown command with --json is an error envelope too', async () => {
    const { code, stdout } = await runCli(['frm', '--json'], { tree: treeOf(echo) })
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ status: 'error', error: { code: 'USAGE' } })
  })

  test('a defect shows its stack and exits 1', async () => {
    const tree = treeOf(
      commandThat(async () => {
        throw new TypeError('cow is undefined')
      }),
    )
    const { code, stderr } = await runCli(argv, { tree })
    expect(code).toBe(1)
    expect(stderr).toContain('at ')
    expect(stderr).toContain('fednode: cow is undefined')
    expect(stderr).toContain('please report it')
  })

  test('a fednode error that nobody can act on is a defect; one of the network is not', async () => {
    class BarnError extends FedError {
      override name = 'BarnError'
    }
    class TransportError extends FedError {
      override name = 'TransportError'
    }
    const codes = [BarnError, TransportError].map(async (Kind) => {
      const failing = commandThat(async () => {
        throw new Kind('gone', { code: 'GONE' })
      })
      return (await runCli(argv, { tree: treeOf(failing) })).code
    })
    expect(await Promise.all(codes)).toEqual([1, 4])
  })

  test('a command that the signal interrupted exits 130 without a stack', async () => {
    const controller = new AbortController()
    const failing = commandThat(async ({ signal }) => {
      controller.abort()
      signal.throwIfAborted()
      return undefined
    })
    const io = { signal: controller.signal }
    const { code, stderr } = await runCli(argv, { tree: treeOf(failing), io })
    expect(code).toBe(130)
    expect(stderr).toBe('fednode: stopped before it was done   [exit 130]\n')
  })

  test('T23: escape sequences and bidi marks in an error do not reach the terminal', async () => {
    const failing = commandThat(async () => {
      throw new UserError('data', 'column "\u001b[31m\u202ered\u0007" is bad')
    })
    const { stderr } = await runCli(argv, { tree: treeOf(failing) })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  })

  test('a stream command emits a JSON line per event with --json and nothing without', async () => {
    const stream = commandThat(async ({ emit }) => {
      emit({ type: 'one' })
      emit({ type: 'two', wei: 5n })
      return undefined
    })
    const tree = treeOf(stream)
    expect((await runCli([...argv, '--json'], { tree })).stdout).toBe(
      '{"type":"one"}\n{"type":"two","wei":"5"}\n',
    )
    expect((await runCli(argv, { tree })).stdout).toBe('')
  })
})
