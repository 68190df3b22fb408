import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { stringify } from '../../../src/framework/envelope.ts'
import { createIdentity } from '../../../src/identity/create-identity.ts'
import { loadIdentity } from '../../../src/identity/load-identity.ts'
import { runCli } from '../framework/run-cli.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

async function newIdentity(): Promise<string> {
  const directory = path.join(temporaryDirectory(), 'a', 'b')
  await createIdentity(directory)
  return directory
}

test('what was created is what is loaded', async () => {
  const directory = await newIdentity()
  const [a, b] = [await loadIdentity(directory), await loadIdentity(directory)]
  expect(a.peerKey.peerId).toBe(b.peerKey.peerId)
  expect(a.account).toMatch(/^0x[0-9a-f]{40}$/)
  expect(a.exportPrivateKey()).toBe(
    readFileSync(path.join(directory, 'account.key'), 'utf8').trim(),
  )
})

test('T42: keys are 0600 and their directory 0700, whatever the umask', async () => {
  const before = process.umask(0)
  try {
    const directory = await newIdentity()
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    for (const file of ['peer.key', 'account.key']) {
      expect(statSync(path.join(directory, file)).mode & 0o777).toBe(0o600)
    }
  } finally {
    process.umask(before)
  }
})

test.each(['peer.key', 'account.key'])(
  'T42: %s that others may read is refused with the command that mends it',
  async (file) => {
    const directory = await newIdentity()
    const key = path.join(directory, file)
    chmodSync(key, 0o640)
    await expect(loadIdentity(directory)).rejects.toMatchObject({
      code: 'KEY_NOT_PRIVATE',
      info: { fault: 'usage', hint: `chmod 600 ${key}` },
    })
  },
)

test('T42: a data directory that others may enter is refused', async () => {
  const directory = await newIdentity()
  chmodSync(directory, 0o755)
  await expect(loadIdentity(directory)).rejects.toMatchObject({ code: 'DIRECTORY_NOT_PRIVATE' })
})

test('keys that are there are never overwritten', async () => {
  const directory = await newIdentity()
  const before = readFileSync(path.join(directory, 'peer.key'), 'utf8')
  const { created } = await createIdentity(directory)
  expect(created).toEqual([])
  expect(readFileSync(path.join(directory, 'peer.key'), 'utf8')).toBe(before)
})

test.each([
  ['text', 'this is not a key, but it could be a password'],
  ['an unprefixed key', 'ab'.repeat(32)],
  ['a short key', '0xabcdef'],
  ['a PEM file', `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(200)}`],
  ['nothing', ''],
  ['zero, which is no secp256k1 key', `0x${'0'.repeat(64)}\n`],
])(
  'T41: %s as account.key is refused with exit 2 and the path, never its content',
  async (_, content) => {
    const directory = await newIdentity()
    const file = path.join(directory, 'account.key')
    writeFileSync(file, content)
    const run = await runCli(['chain', 'fund', '--dir', directory, '--json'])
    expect(run.code).toBe(2)
    expect(run.stderr).toContain(file)
    if (content.length > 8) {
      expect(run.stderr + run.stdout).not.toContain(content.trim().slice(2, 10))
    }
  },
)

test('T42: a key behind a symbolic link is refused', async () => {
  const directory = await newIdentity()
  const elsewhere = path.join(directory, 'elsewhere')
  writeFileSync(elsewhere, `0x${'11'.repeat(32)}\n`, { mode: 0o600 })
  const other = path.join(temporaryDirectory(), 'c')
  await createIdentity(other)
  const link = path.join(other, 'peer.key')
  const { rmSync } = await import('node:fs')
  rmSync(link)
  symlinkSync(elsewhere, link)
  await expect(loadIdentity(other)).rejects.toMatchObject({ code: 'BAD_KEY_FILE' })
})

test('a directory without keys says how to make them', async () => {
  const { code, stderr } = await runCli(['chain', 'fund', '--dir', '/nonexistent/x'])
  expect(code).toBe(2)
  expect(stderr).toContain('fednode init --dir /nonexistent/x')
})

test('T41: an identity that is printed shows no secret', async () => {
  const directory = await newIdentity()
  const identity = await loadIdentity(directory)
  const shown = stringify(identity)
  for (const file of ['peer.key', 'account.key']) {
    const secret = readFileSync(path.join(directory, file), 'utf8').trim().slice(2)
    expect(shown).not.toContain(secret)
  }
})
