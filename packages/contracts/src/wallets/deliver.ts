import type { Hex } from 'viem'
import type { Sender } from './sender.ts'

/** Hands a signed transaction to the node, once. @throws viem's errors. */
export function deliver(sender: Sender, signed: Hex): Promise<Hex> {
  return sender.public.request(
    { method: 'eth_sendRawTransaction', params: [signed] },
    // Without viem's retries, after which a refusal could mean our own first try.
    { retryCount: 0 },
  )
}
