import { decodeCanonical, encodeCanonical, FedError } from '@fednode/protocol'
import { z } from 'zod'
import { MAX_ANSWER_BYTES, MAX_FEATURE_BYTES, MAX_REQUEST_BYTES } from './sale-limits.ts'

const MAX_UINT96 = 2n ** 96n - 1n
const MAX_UINT32 = 2 ** 32 - 1

/** The wire has no large integers: wei travel as decimal text. */
const wei = z
  .string()
  .regex(/^(0|[1-9]\d{0,28})$/)
  .transform(BigInt)
  .refine((value) => value <= MAX_UINT96)
const listing = z
  .string()
  .regex(/^[1-9]\d{0,18}$/)
  .transform(BigInt)
const uint32 = z.int().min(0).max(MAX_UINT32)
/** Lower case only: one voucher has one spelling. */
const hex = (bytes: number) =>
  z.custom<`0x${string}`>(
    (value) => typeof value === 'string' && new RegExp(`^0x[0-9a-f]{${2 * bytes}}$`).test(value),
  )
const bytes = (most: number) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= most)

const signed = { uses: uint32, amount: wei, signature: hex(65) }

const requestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('terms'), listing }),
  z.strictObject({
    kind: z.literal('predict'),
    listing,
    voucher: z.strictObject({ buyer: hex(20), epoch: uint32, ...signed }),
    /** How the numbers of the features are written: 32-bit floats, little-endian, or bytes. */
    form: z.enum(['f32', 'u8']),
    features: bytes(MAX_FEATURE_BYTES),
  }),
])

const REFUSALS = [
  'BAD_REQUEST',
  'OTHER_LISTING',
  'LISTING_CLOSED',
  'BAD_ROWS',
  'BAD_VOUCHER',
  'OTHER_EPOCH',
  'PAID_TOO_LITTLE',
  'BALANCE_TOO_SMALL',
  'UNREDEEMABLE',
  'BUSY',
] as const

const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('terms'),
    model: hex(32),
    manifest: bytes(MAX_ANSWER_BYTES),
    /** See ProviderProof. */
    proof: z.strictObject({ until: uint32, signature: hex(65) }),
  }),
  /** 64-bit floats, little-endian. */
  z.strictObject({ kind: z.literal('predictions'), values: bytes(MAX_ANSWER_BYTES) }),
  z.strictObject({
    kind: z.literal('refused'),
    code: z.enum(REFUSALS),
    /** The latest voucher that the provider has: it proves what was promised. */
    last: z.strictObject(signed).exactOptional(),
  }),
])

/** What a buyer asks. */
export type SaleRequest = z.output<typeof requestSchema>
/** What a provider says. */
export type SaleAnswer = z.output<typeof answerSchema>
/** Why a provider does not answer. */
export type SaleRefusal = (typeof REFUSALS)[number]

/** Bytes of a request. */
export function encodeRequest(request: SaleRequest): Uint8Array {
  return encodeCanonical(withTexts(request))
}

/** The request in untrusted bytes; undefined when there is none. */
export function decodeRequest(encoded: Uint8Array): SaleRequest | undefined {
  return requestSchema.safeParse(decoded(encoded, MAX_REQUEST_BYTES)).data
}

/** Bytes of an answer. */
export function encodeAnswer(answer: SaleAnswer): Uint8Array {
  return encodeCanonical(withTexts(answer))
}

/** The answer in untrusted bytes; undefined when there is none. */
export function decodeAnswer(encoded: Uint8Array): SaleAnswer | undefined {
  return answerSchema.safeParse(decoded(encoded, MAX_ANSWER_BYTES + MAX_REQUEST_BYTES)).data
}

function decoded(encoded: Uint8Array, maxBytes: number): unknown {
  try {
    return decodeCanonical(encoded, { maxBytes })
  } catch (error) {
    if (error instanceof FedError) return undefined
    throw error
  }
}

/** The same with its bigints as text. */
function withTexts(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTexts(item)]))
}
