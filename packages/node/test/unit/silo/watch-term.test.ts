import { ChainError } from '@fednode/contracts'
import { createPeerKey, createSiloRounds, silentLogger } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { createSignalled } from '../../../src/silo/signalled.ts'
import type { SiloRun } from '../../../src/silo/silo.ts'
import type { SiloState } from '../../../src/silo/silo-state.ts'
import { watchTerm } from '../../../src/silo/watch-term.ts'

const aggregator = createPeerKey(new Uint8Array(32).fill(1)).peerId
const manifest = 'bafkreigaknpexyvxt76zgkitavbwx6ejgfheup5oybpm77f3pxzrvwpfdi' as never

/** What a silo that has heard of term 3 knows after one look at the chain. */
async function lookOnce(readTerm: () => Promise<number | undefined>): Promise<SiloState['rounds']> {
  const stopping = new AbortController()
  const rounds = { ...createSiloRounds({ aggregator, manifest, term: 3 }), opened: 5 }
  const state = createSignalled<SiloState>({ rounds })
  const run = { state, signal: stopping.signal, deps: { readTerm, logger: silentLogger } }
  // Only what it uses of a silo.
  const watching = watchTerm(run as unknown as SiloRun)
  await new Promise((resolve) => setImmediate(resolve))
  stopping.abort()
  await watching
  return state.get().rounds
}

test('a term that the chain says has begun ends the earlier ones, though nobody was heard in it', async () => {
  expect(await lookOnce(async () => 4)).toMatchObject({ term: 4, opened: 0 })
})

test('a term that was heard counts while the chain is behind, silent, or knows of none', async () => {
  const down = async () => {
    throw new ChainError('nobody answers', { code: 'RPC_FAILED' })
  }
  for (const readTerm of [async () => 3, async () => 2, async () => undefined, down]) {
    expect(await lookOnce(readTerm)).toMatchObject({ term: 3, opened: 5 })
  }
})
