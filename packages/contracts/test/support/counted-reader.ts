import { createPublicClient, custom } from 'viem'
import type { ChainReader } from '../../src/index.ts'

/** The same chain, and the methods that its node is asked for from now on. */
export function countedReader(reader: ChainReader): {
  readonly reader: ChainReader
  readonly asked: string[]
} {
  const asked: string[] = []
  const transport = custom({
    request(call: { readonly method: string }) {
      asked.push(call.method)
      // viem types only the methods that it knows.
      return reader.public.request(call as never)
    },
  })
  const { chain } = reader.public
  return { reader: { ...reader, public: createPublicClient({ chain, transport }) }, asked }
}
