import { z } from 'zod'
import { type AddressText, type Cid, isCid, isSiloName, type SiloName } from '../ids.ts'
import { integer } from '../integer-field.ts'
import { MAX_BLOB_BYTES, MAX_ROUNDS } from '../limits.ts'

const MAX_TERM = 4_294_967_295

export const cidField: z.ZodType<Cid> = z.custom<Cid>(isCid, 'a CID')

export const siloField: z.ZodType<SiloName> = z.custom<SiloName>(isSiloName, 'a silo name')

const addressField: z.ZodType<AddressText> = z.custom<AddressText>(
  (value) => typeof value === 'string' && /^0x[0-9a-f]{40}$/.test(value),
  'a lower-case address',
)

/** A hash. */
export const bytes32Field: z.ZodType<Uint8Array> = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length === 32,
  '32 bytes',
)

/** Any safe integer; real numbers travel quantised. */
export const quantity: z.ZodType<number> = integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)

export const count: z.ZodType<number> = integer(0, Number.MAX_SAFE_INTEGER)

export const blobRefField = z.strictObject({
  cid: cidField,
  size: integer(0, MAX_BLOB_BYTES),
})

/** Round of messages that the statistics step has too. */
export const roundOrStatistics: z.ZodType<number> = integer(0, MAX_ROUNDS)

/** The fields of MessageScope; `version` is checked before the schema, so that other versions get their own code. */
export const scopeFields = {
  version: count,
  chainId: count,
  scenario: addressField,
  term: integer(0, MAX_TERM),
  round: integer(1, MAX_ROUNDS),
  sentAt: count,
}
