import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountAddress } from '../../../../src/identity/account-address.ts'
import { decryptKeystore } from '../../../../src/identity/keystore/decrypt-keystore.ts'
import { encryptKeystore } from '../../../../src/identity/keystore/encrypt-keystore.ts'
import { parseKeystore } from '../../../../src/identity/keystore/parse-keystore.ts'
import { readKeystore } from '../../../../src/identity/keystore/read-keystore.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

// Web3 Secret Storage Definition, "Test Vectors".
const SECRET = '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d'
const PBKDF2 = {
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
    ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
    kdf: 'pbkdf2',
    kdfparams: {
      c: 262_144,
      dklen: 32,
      prf: 'hmac-sha256',
      salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
    },
    mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
  },
  id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
  version: 3,
}
const SCRYPT = {
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '83dbcc02d8ccb40e466191a123791e0e' },
    ciphertext: 'd172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c',
    kdf: 'scrypt',
    kdfparams: {
      dklen: 32,
      n: 262_144,
      p: 8,
      r: 1,
      salt: 'ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19',
    },
    mac: '2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097',
  },
  id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
  version: 3,
}
const CHEAP = { n: 2, r: 8, p: 1 }

function parse(value: unknown) {
  return parseKeystore(JSON.stringify(value), 'k.json')
}

test.each([
  ['pbkdf2', PBKDF2],
  ['scrypt', SCRYPT],
])('the official %s vector decrypts', async (_, file) => {
  expect(await decryptKeystore(parse(file), 'testpassword')).toBe(SECRET)
})

test('an old file with "Crypto" and an address with 0x decrypts', async () => {
  const { crypto: Crypto, ...rest } = PBKDF2
  const address = '0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b'
  const keystore = parse({ ...rest, Crypto, address })
  expect(keystore.address).toBe(address.toLowerCase())
  expect(await decryptKeystore(keystore, 'testpassword')).toBe(SECRET)
})

test('what was encrypted is what is decrypted, whatever the password', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 31, maxLength: 31 }),
      fc.string({ minLength: 1, unit: 'grapheme' }),
      async (bytes, password) => {
        const secret = Uint8Array.from([1, ...bytes])
        const hex: `0x${string}` = `0x${Buffer.from(secret).toString('hex')}`
        const address = accountAddress(hex, '')
        const text = await encryptKeystore({ secret, address }, password, CHEAP)
        expect(text).not.toContain(hex.slice(2))
        const keystore = parseKeystore(text, 'k.json')
        expect(keystore.address).toBe(address)
        expect(await decryptKeystore(keystore, password)).toBe(hex)
        await expect(decryptKeystore(keystore, `${password} `)).rejects.toMatchObject({
          code: 'WRONG_PASSWORD',
          info: { fault: 'usage' },
        })
      },
    ),
    { numRuns: 20 },
  )
})

test('two files of one key share no salt and no counter', async () => {
  const own = { secret: new Uint8Array(32).fill(7), address: '0x00' } as const
  const [a, b] = [
    JSON.parse(await encryptKeystore(own, 'password', CHEAP)),
    JSON.parse(await encryptKeystore(own, 'password', CHEAP)),
  ]
  expect(a.crypto.kdfparams.salt).not.toBe(b.crypto.kdfparams.salt)
  expect(a.crypto.cipherparams.iv).not.toBe(b.crypto.cipherparams.iv)
})

test('a changed ciphertext is answered as a wrong password, not with another key', async () => {
  const ciphertext = PBKDF2.crypto.ciphertext.replace(/^53/, '54')
  const changed = parse({ ...PBKDF2, crypto: { ...PBKDF2.crypto, ciphertext } })
  await expect(decryptKeystore(changed, 'testpassword')).rejects.toMatchObject({
    code: 'WRONG_PASSWORD',
  })
})

test('a file that names another account than it holds is refused with both', async () => {
  const address = 'ab'.repeat(20)
  await expect(
    decryptKeystore(parse({ ...PBKDF2, address }), 'testpassword'),
  ).rejects.toMatchObject({
    code: 'BAD_KEYSTORE',
    message: `k.json: says that it is 0x${address}, but holds the key of 0x008aeeda4d805471df9b2a5b0f38a0c3bcba786b`,
  })
})

function withScrypt(changes: object) {
  const kdfparams = { ...SCRYPT.crypto.kdfparams, ...changes }
  return { ...SCRYPT, crypto: { ...SCRYPT.crypto, kdfparams } }
}

function withCrypto(changes: object) {
  return { ...PBKDF2, crypto: { ...PBKDF2.crypto, ...changes } }
}

test.each([
  ['a gigabyte of scrypt', withScrypt({ n: 2 ** 20, r: 8, p: 1 })],
  ['a terabyte of scrypt', withScrypt({ n: 2 ** 40 })],
  ['hours of scrypt', withScrypt({ n: 2 ** 18, r: 8, p: 2 ** 20 })],
  ['half a gigabyte of lanes', withScrypt({ n: 2, r: 1, p: 2 ** 22 })],
  [
    'hours of pbkdf2',
    withCrypto({ kdfparams: { ...PBKDF2.crypto.kdfparams, c: Number.MAX_SAFE_INTEGER } }),
  ],
])('a file that asks for %s is refused before it gets any', (_, file) => {
  expect(() => parse(file)).toThrow(expect.objectContaining({ code: 'KEYSTORE_TOO_COSTLY' }))
})

test('whatever a file holds, it is read or refused in words', () => {
  const keys = fc.constantFrom('version', 'address', 'cipher', 'cipherparams', 'kdf', 'kdfparams')
  const more = fc.constantFrom('iv', 'ciphertext', 'mac', 'n', 'r', 'p', 'dklen', 'salt', 'crypto')
  fc.assert(
    fc.property(fc.oneof(keys, more), fc.jsonValue(), (changed, value) => {
      const text = JSON.stringify(SCRYPT, (key, item) => (key === changed ? value : item))
      try {
        expect(parseKeystore(text, 'k.json').file).toBe('k.json')
      } catch (error) {
        expect(error).toMatchObject({ name: 'UserError', info: { fault: 'usage' } })
      }
    }),
  )
})

test('the most costly file that is accepted is the limit itself', () => {
  expect(parse(withScrypt({ n: 2 ** 19, r: 8, p: 2 })).kdf).toMatchObject({ n: 2 ** 19 })
  expect(() => parse(withScrypt({ n: 2 ** 19, r: 8, p: 3 }))).toThrow(
    expect.objectContaining({ code: 'KEYSTORE_TOO_COSTLY' }),
  )
})

test.each([
  ['another version', { ...PBKDF2, version: 1 }, 'version'],
  ['another cipher', withCrypto({ cipher: 'aes-128-cbc' }), 'crypto.cipher'],
  ['another kdf', withCrypto({ kdf: 'argon2' }), 'crypto.kdf'],
  ['a short counter', withCrypto({ cipherparams: { iv: '00' } }), 'crypto.cipherparams.iv'],
  ['a key of 31 bytes', withCrypto({ ciphertext: '00'.repeat(31) }), 'crypto.ciphertext'],
  ['a cost that is no power of two', withScrypt({ n: 262_143 }), 'crypto.kdfparams.n'],
  ['a fraction of a cost', withScrypt({ r: 0.5 }), 'crypto.kdfparams.r'],
  ['a short derived key', withScrypt({ dklen: 16 }), 'crypto.kdfparams.dklen'],
  ['no salt', withScrypt({ salt: '' }), 'crypto.kdfparams.salt'],
  ['no object', 'text', 'version'],
])('a file with %s is refused with the place', (_, file, place) => {
  expect(() => parse(file)).toThrow(
    expect.objectContaining({
      code: 'BAD_KEYSTORE',
      message: expect.stringContaining(`"${place}"`),
    }),
  )
})

test('T41: what is no JSON is refused without a word of it', () => {
  const secret = 'ab'.repeat(32)
  try {
    parseKeystore(secret, 'k.json')
    expect.unreachable()
  } catch (error) {
    expect(error).toMatchObject({ code: 'BAD_KEYSTORE' })
    expect(JSON.stringify(error) + String(error) + String((error as Error).cause)).not.toContain(
      secret.slice(0, 8),
    )
  }
})

test('T42: an encrypted key that others may read, or that lies behind a link, is refused', async () => {
  const directory = temporaryDirectory()
  const file = path.join(directory, 'k.json')
  writeFileSync(file, JSON.stringify(PBKDF2), { mode: 0o644 })
  await expect(readKeystore(file)).rejects.toMatchObject({
    code: 'KEY_NOT_PRIVATE',
    info: { hint: `chmod 600 ${file}` },
  })
  rmSync(file)
  writeFileSync(file, JSON.stringify(PBKDF2), { mode: 0o600 })
  expect((await readKeystore(file)).file).toBe(file)
  const link = path.join(directory, 'link.json')
  symlinkSync(file, link)
  await expect(readKeystore(link)).rejects.toMatchObject({ code: 'BAD_KEY_FILE' })
})

test('a file too long for a key is not read', async () => {
  const file = path.join(temporaryDirectory(), 'k.json')
  writeFileSync(file, ' '.repeat(8_193), { mode: 0o600 })
  await expect(readKeystore(file)).rejects.toMatchObject({ code: 'BAD_KEYSTORE' })
})
