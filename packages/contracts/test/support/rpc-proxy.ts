import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A JSON-RPC call as the proxy sees it. */
type SeenCall = { readonly method: string; readonly params: readonly unknown[] }

/** What a dishonest or unreliable node makes of an answer; undefined hangs up instead. */
export type Tamper = (
  call: SeenCall,
  answer: Record<string, unknown>,
) => Record<string, unknown> | undefined

/** A node in front of a node, which may tamper with every answer. */
export async function startProxy(rpcUrl: string, tamper: Tamper) {
  const seen: SeenCall[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const call: SeenCall = { params: [], ...JSON.parse(body) }
    seen.push(call)
    const headers = { 'content-type': 'application/json' }
    const forwarded = await fetch(rpcUrl, { method: 'POST', headers, body })
    const answer = tamper(call, (await forwarded.json()) as Record<string, unknown>)
    if (answer === undefined) response.destroy()
    else response.writeHead(200, headers).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { rpcUrl: `http://127.0.0.1:${port}`, seen, stop }
}
