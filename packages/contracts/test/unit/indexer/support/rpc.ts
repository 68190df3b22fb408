/** Calls one method of a local chain. */
export async function rpc(
  rpcUrl: string,
  method: string,
  params: readonly unknown[] = [],
): Promise<unknown> {
  const [answer] = await rpcBatch(rpcUrl, [{ method, params }])
  return answer
}

/** Many calls in one request, answered in their order; the first that fails throws. */
export async function rpcBatch(
  rpcUrl: string,
  calls: readonly { readonly method: string; readonly params: readonly unknown[] }[],
): Promise<readonly unknown[]> {
  if (calls.length === 0) return []
  const body = JSON.stringify(calls.map((call, id) => ({ jsonrpc: '2.0', id, ...call })))
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(rpcUrl, { method: 'POST', headers, body })
  const answers = (await response.json()) as { id: number; result?: unknown; error?: unknown }[]
  const results: unknown[] = []
  for (const { id, result, error } of answers) {
    if (error !== undefined) throw new Error(`${calls[id]?.method}: ${JSON.stringify(error)}`)
    results[id] = result
  }
  return results
}
