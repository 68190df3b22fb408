import { z } from 'zod'
import { ROLES } from '../options/roles.ts'

const text = z.string({ error: 'some text' })
const word = z.union([z.string(), z.number().transform(String)], { error: 'a word' })

/**
 * Everything that config.yaml may say; a typing error is an error, never ignored. Values are options by their key
 * and are checked again as such. The messages complete "got …, expected …".
 */
export const configSchema = z.strictObject({
  role: z.enum(ROLES, { error: `one of ${ROLES.join(', ')}` }).optional(),
  rpc: text.optional(),
  chainId: z
    .int({ error: 'a positive integer' })
    .positive({ error: 'a positive integer' })
    .optional(),
  orchestrator: text.optional(),
  network: text.optional(),
  currency: text.optional(),
  keystore: text.optional(),
  passwordFile: text.optional(),
  signer: text.optional(),
  account: text.optional(),
  maxFee: word.optional(),
  listen: text.optional(),
  announce: text.optional(),
  relay: text.optional(),
  bootstrap: text.optional(),
  mdns: z.boolean({ error: 'true or false' }).transform(String).optional(),
  engine: text.optional(),
  name: word.optional(),
  data: text.optional(),
  logLevel: text.optional(),
})

/** A configuration as written by `fednode init`. */
export type Config = z.infer<typeof configSchema>
