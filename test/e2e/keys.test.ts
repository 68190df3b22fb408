import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const BIN = fileURLToPath(new URL('../../packages/node/src/bin.ts', import.meta.url))
const PASSWORD = 'correct horse battery staple'

let directory: string
let rpc: string
let chain: ChildProcess

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'fednode-keys-'))
  chain = spawn(process.execPath, [BIN, 'chain', 'local', '--port', '0', '--json'], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = await once(chain.stdout ?? process.stdin, 'data')
  rpc = JSON.parse(String(line)).rpc
})

afterAll(async () => {
  const ended = once(chain, 'exit')
  chain.kill('SIGINT')
  await ended
  rmSync(directory, { recursive: true, force: true })
})

/** Runs the real command line; the password comes through a pipe of the shell, as from a password manager. */
async function fednode(
  args: readonly string[],
  password: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const argv = [process.execPath, BIN, ...args, '--dir', 'vault', '--rpc', rpc]
  const script = `exec "$@" --password-file /dev/fd/3 3< <(echo "$WORDS")`
  const child = spawn('bash', ['-c', script, 'bash', ...argv], {
    cwd: directory,
    env: { ...process.env, WORDS: password },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
  const [code] = await once(child, 'close')
  return { code, stdout: stdout(), stderr: stderr() }
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = ''
  stream?.on('data', (part: Buffer) => {
    text += part.toString()
  })
  return () => text
}

test('T41: an encrypted key is made and used with a password from a pipe, which stays nowhere', async () => {
  const init = ['init', '--keystore', 'vault/account.json']
  const made = await fednode(init, PASSWORD)
  expect(made).toMatchObject({ code: 0, stderr: '' })
  const funded = await fednode(['chain', 'fund'], PASSWORD)
  expect(funded).toMatchObject({ code: 0, stderr: '' })
  expect(funded.stdout).toMatch(/^0x[0-9a-f]{40} now has 10 ETH for gas and 10000 CUR more$/m)

  const wrong = await fednode(['chain', 'fund'], 'wrong horse')
  expect(wrong).toMatchObject({ code: 2, stdout: '' })
  expect(wrong.stderr).toMatch(
    /^fednode: .*account\.json: the password is wrong\n {9}Or the file was changed .* \[exit 2\]\n$/,
  )
  const files = readdirSync(path.join(directory, 'vault'))
  expect(files.sort()).toEqual(['account.json', 'config.yaml', 'peer.key'])
  const written = files.map((file) => readFileSync(path.join(directory, 'vault', file), 'utf8'))
  for (const text of [...written, made.stdout, funded.stdout]) expect(text).not.toContain('horse')
})
