import type { ChainAccount } from '@fednode/contracts'
import type { FaultStep, Reach } from './fault-step.ts'

const SEND = 'eth_sendRawTransaction'

type RpcCall = { readonly method: string }

/** Makes an account tell when the node has taken one of its transactions, of which it knows nothing more yet. */
export function reachWhenSent(
  account: ChainAccount,
  sent: FaultStep,
  reach: Reach | undefined,
): void {
  if (reach === undefined) return
  const client = account.public
  // viem types it by every method of JSON-RPC; here it is passed through.
  const request = client.request as (call: RpcCall, options?: object) => Promise<unknown>
  // In place: the wallet that signs holds this very client.
  Object.assign(client, {
    async request(call: RpcCall, options?: object): Promise<unknown> {
      const answer = await request(call, options)
      if (call.method === SEND) reach(sent)
      return answer
    },
  })
}
