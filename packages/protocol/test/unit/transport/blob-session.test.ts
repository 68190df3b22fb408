import { afterEach, describe, expect, it, vi } from 'vitest'
import { type BlobSession, runBlobSession } from '../../../src/transport/blob-session.ts'
import { createBlobTransfer } from '../../../src/transport/blob-transfer.ts'
import { createMemoryBlobStore } from '../../../src/transport/memory-blob-store.ts'
import { REF } from './blob-fixture.ts'
import { peerKeyOf } from './test-hosts.ts'

afterEach(() => vi.useRealTimers())

describe('blob session', () => {
  it('T7 does not wait for ever for a provider that only says that it is there', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const { peerId: peer } = peerKeyOf('provider')
    const blobs = createMemoryBlobStore()
    const transfer = createBlobTransfer({ ref: REF, peers: [peer], blobs, random: () => 0 })
    let signs = 0
    const io: BlobSession['io'] = {
      readFrame: async () => {
        vi.advanceTimersByTime(1_000)
        signs++
        return new Uint8Array(0)
      },
      readInto: async () => {},
      write: async () => {},
      writeFrame: async () => {},
      close: async () => {},
      abort: () => {},
    }
    const session = runBlobSession({ transfer, peer, io, onReceived: () => {} })
    await expect(session).rejects.toMatchObject({ code: 'STALLED' })
    expect(signs).toBe(6)
  })
})
