import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { CONFIG_FILE, loadConfig } from '../../../src/config/load-config.ts'
import { runCli } from '../framework/run-cli.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

function directoryWith(yaml: string): string {
  const directory = temporaryDirectory()
  writeFileSync(path.join(directory, CONFIG_FILE), yaml)
  return directory
}

test('a directory without config.yaml says nothing', async () => {
  expect((await loadConfig(temporaryDirectory())).values).toEqual({})
})

test('an empty file and a file of comments say nothing', async () => {
  expect((await loadConfig(directoryWith(''))).values).toEqual({})
  expect((await loadConfig(directoryWith('# nothing\n'))).values).toEqual({})
})

test('values are texts by option key', async () => {
  const { values } = await loadConfig(
    directoryWith('rpc: http://x\nchainId: 31337\nname: 7\nmaxFee: 0.5\n'),
  )
  expect(values).toEqual({ rpc: 'http://x', chainId: '31337', name: '7', maxFee: '0.5' })
})

test.each([
  ['rcp: http://x', 'unknown key "rcp"'],
  ['rpc: [1, 2]', 'rpc: got [1,2], expected some text'],
  ['chainId: many', 'chainId: got "many", expected a positive integer'],
  ['chainId: -1', 'chainId: got -1, expected a positive integer'],
  ['role: robot', 'role: got "robot", expected one of silo, validator, alliance'],
  ['name: [a]', 'name: got ["a"], expected a word'],
  ['- a', 'got ["a"], expected keys and their values'],
  ['rpc: "unfinished', 'quote'],
])('%j is refused with exit 2, naming the file', async (yaml, what) => {
  const directory = directoryWith(yaml)
  const { code, stderr } = await runCli(['init', '--dir', directory])
  expect(code).toBe(2)
  expect(stderr).toContain(path.join(directory, CONFIG_FILE))
  expect(stderr).toContain(what)
})

test.each([
  ['duplicate keys', 'rpc: a\nrpc: b'],
  ['anchors', 'rpc: &a http://x\nname: *a'],
  ['custom tags', 'rpc: !!js/function x'],
  ['more bytes than a configuration has', `${'#'.repeat(65_536)}\nrpc: a`],
  ['a bomb', `a: &a [x]\n${'b: [*a, *a]\n'.repeat(3)}`],
])('T16: config.yaml with %s is refused', async (_, yaml) => {
  await expect(loadConfig(directoryWith(yaml))).rejects.toMatchObject({ code: 'BAD_CONFIG' })
})

test.each(['__proto__: {rpc: x}', 'constructor: x', 'prototype: x'])(
  'T17: the key in %j is refused and pollutes nothing',
  async (yaml) => {
    await expect(loadConfig(directoryWith(yaml))).rejects.toMatchObject({ code: 'BAD_CONFIG' })
    expect(Object.hasOwn(Object.prototype, 'rpc')).toBe(false)
  },
)

test('precedence is flag, then FEDNODE_*, then config.yaml, then the default', async () => {
  const directory = directoryWith('role: investor\n')
  const roleOf = async (argv: readonly string[], env: Record<string, string>) => {
    const run = await runCli(['init', '--dir', directory, '--json', ...argv], { io: { env } })
    return JSON.parse(run.stdout).data.role
  }
  expect(await roleOf([], {})).toBe('investor')
  expect(await roleOf([], { FEDNODE_ROLE: 'aggregator' })).toBe('aggregator')
  expect(await roleOf(['--role', 'silo'], { FEDNODE_ROLE: 'aggregator' })).toBe('silo')
  const other = temporaryDirectory()
  const fallback = await runCli(['init', '--dir', other, '--json'])
  expect(JSON.parse(fallback.stdout).data.role).toBe('silo')
})

test('a wrong value in config.yaml names the file and the key', async () => {
  const directory = directoryWith('rpc: ftp://x\n')
  const { stderr } = await runCli(['init', '--dir', directory])
  expect(stderr).toContain(`${path.join(directory, CONFIG_FILE)}: rpc: got "ftp://x"`)
})
