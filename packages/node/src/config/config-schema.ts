import { z } from 'zod'

const word = z.union([z.string(), z.number().transform(String)])

/**
 * Everything that config.yaml may say; a typing error is an error, never ignored. Values are options by their key
 * and are checked again as such.
 */
export const configSchema = z.strictObject({
  role: z.enum(['silo', 'aggregator', 'investor']).optional(),
  rpc: z.string().optional(),
  chainId: z.number().int().positive().optional(),
  orchestrator: z.string().optional(),
  currency: z.string().optional(),
  listen: z.string().optional(),
  name: word.optional(),
  data: z.string().optional(),
  logLevel: z.string().optional(),
})

/** A configuration as written by `fednode init`. */
export type Config = z.infer<typeof configSchema>
