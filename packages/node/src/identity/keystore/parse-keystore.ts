import { UserError } from '@fednode/protocol'
import { z } from 'zod'
import type { Kdf, Keystore } from './keystore.ts'

/** Most of n * r: scrypt takes 128 bytes of memory for each, so 512 MiB; the usual file asks for half of that. */
const MAX_SCRYPT_BLOCKS = 2 ** 22
/** Most of n * r * p: four times the usual second. */
const MAX_SCRYPT_WORK = 2 ** 23
/** Most of r * p: what scrypt derives in one go before it mixes; usual files have 8. */
const MAX_SCRYPT_LANES = 2 ** 14
/** About as long as the most costly scrypt. */
const MAX_PBKDF2_ITERATIONS = 10_000_000
const MIN_DERIVED_BYTES = 32
const MAX_SALT_BYTES = 256

const bytes = (min: number, max = min) =>
  z
    .string()
    .regex(new RegExp(`^([0-9a-fA-F]{2}){${min},${max}}$`))
    .transform((text) => Uint8Array.from(Buffer.from(text, 'hex')))
const count = z.int().positive()
const common = { dklen: count.min(MIN_DERIVED_BYTES), salt: bytes(1, MAX_SALT_BYTES) }
const cipher = {
  cipher: z.literal('aes-128-ctr'),
  cipherparams: z.object({ iv: bytes(16) }),
  ciphertext: bytes(32),
  mac: bytes(32),
}

const schema = z.object({
  version: z.literal(3),
  address: z
    .string()
    .regex(/^(0x)?[0-9a-fA-F]{40}$/)
    .optional(),
  crypto: z.discriminatedUnion('kdf', [
    z.object({
      ...cipher,
      kdf: z.literal('scrypt'),
      kdfparams: z.object({ ...common, n: count, r: count, p: count }),
    }),
    z.object({
      ...cipher,
      kdf: z.literal('pbkdf2'),
      kdfparams: z.object({ ...common, c: count, prf: z.literal('hmac-sha256') }),
    }),
  ]),
})

/**
 * Reads an encrypted key; decrypts nothing.
 * @param file - its path, for messages.
 * @throws {UserError} BAD_KEYSTORE, KEYSTORE_TOO_COSTLY (usage): a hostile file must not take this machine's memory or hours of its time.
 */
export function parseKeystore(text: string, file: string): Keystore {
  const { data, error } = schema.safeParse(parseJson(text, file))
  if (error !== undefined) throw malformed(file, error.issues[0]?.path.join('.'))
  const { address, crypto } = data
  const kdf: Kdf =
    crypto.kdf === 'scrypt'
      ? { kind: 'scrypt', ...crypto.kdfparams }
      : { kind: 'pbkdf2', iterations: crypto.kdfparams.c, salt: crypto.kdfparams.salt }
  checkCost(kdf, file)
  return {
    file,
    address: address === undefined ? undefined : `0x${address.slice(-40).toLowerCase()}`,
    kdf,
    iv: crypto.cipherparams.iv,
    ciphertext: crypto.ciphertext,
    mac: crypto.mac,
  }
}

/** Of what is no keystore, or not one that this version reads. */
export function malformed(file: string, place = ''): UserError {
  const where = place === '' ? '' : ` (see its "${place}")`
  return new UserError(
    'usage',
    `${file}: not an encrypted key of version 3 with scrypt or pbkdf2 and aes-128-ctr${where}`,
    {
      code: 'BAD_KEYSTORE',
      hint: 'fednode init --keystore FILE  writes one, and so do geth, clef and foundry.',
    },
  )
}

function parseJson(text: string, file: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    // Old clients wrote "Crypto".
    return Object.fromEntries(
      Object.entries(Object(value)).map(([key, item]) => [key.toLowerCase(), item]),
    )
  } catch {
    // The cause is dropped: it quotes the file.
    throw malformed(file)
  }
}

function checkCost(kdf: Kdf, file: string): void {
  if (kdf.kind === 'scrypt') {
    const { n, r, p } = kdf
    const isPower = n > 1 && Number.isInteger(Math.log2(n))
    if (!isPower) throw malformed(file, 'crypto.kdfparams.n')
    const isSane = n * r <= MAX_SCRYPT_BLOCKS && r * p <= MAX_SCRYPT_LANES
    if (isSane && n * r * p <= MAX_SCRYPT_WORK) return
  } else if (kdf.iterations <= MAX_PBKDF2_ITERATIONS) return
  throw new UserError(
    'usage',
    `${file}: its password asks for more memory or time than any sane file does`,
    {
      code: 'KEYSTORE_TOO_COSTLY',
      hint: 'Most is 512 MiB of scrypt or 10,000,000 rounds of pbkdf2. Was it made by somebody else?',
    },
  )
}
