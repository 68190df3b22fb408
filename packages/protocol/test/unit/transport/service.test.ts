import { expect, it } from 'vitest'
import { silentLogger } from '../../../src/logger.ts'
import { type Asker, createAsker } from '../../../src/transport/asker.ts'
import { createService, type Service, type ServiceDeps } from '../../../src/transport/service.ts'
import { peerKeyOf, stopLater } from './test-hosts.ts'

const PROTOCOL = '/fednode/test/1'
const MAX_BYTES = 100_000

async function serviceOf(answer: ServiceDeps['answer']): Promise<Service> {
  const service = createService(
    {
      peerKey: peerKeyOf('service'),
      listen: ['/ip4/127.0.0.1/tcp/0'],
      protocol: PROTOCOL,
      maxRequestBytes: MAX_BYTES,
      peersPerAddress: 8,
    },
    { logger: silentLogger, answer },
  )
  stopLater(service)
  await service.start()
  return service
}

async function askerOf(service: Pick<Service, 'addresses'>): Promise<Asker> {
  const address = String(service.addresses()[0])
  const asker = await createAsker(
    { address, protocol: PROTOCOL, maxAnswerBytes: MAX_BYTES, answerMs: 2_000, connectTries: 1 },
    AbortSignal.timeout(30_000),
  )
  stopLater({ stop: asker.close })
  return asker
}

it('answers a stranger, one request after the other', async () => {
  const askedBy = new Set<string>()
  const asker = await askerOf(
    await serviceOf(async (request, peer) => {
      askedBy.add(peer)
      return request.map((byte) => byte + 1)
    }),
  )
  const large = new Uint8Array(MAX_BYTES).fill(6)
  expect(await asker.ask(Uint8Array.of(1, 2))).toEqual(Uint8Array.of(2, 3))
  expect(await asker.ask(large)).toEqual(large.map(() => 7))
  expect(askedBy.size).toBe(1)
  expect(askedBy.has(peerKeyOf('service').peerId)).toBe(false)
})

it('ends a stream whose request is too long, or fails, and answers the next', async () => {
  const asker = await askerOf(
    await serviceOf(async (request) => {
      if (request[0] === 0) throw new TypeError('cannot')
      return request
    }),
  )
  for (const bad of [new Uint8Array(MAX_BYTES + 1), Uint8Array.of(0)]) {
    await expect(asker.ask(bad)).rejects.toMatchObject({ code: 'NO_ANSWER' })
  }
  expect(await asker.ask(Uint8Array.of(5))).toEqual(Uint8Array.of(5))
})

it('says that nobody is there once the service has gone', async () => {
  const service = await serviceOf(async (request) => request)
  const asker = await askerOf(service)
  await asker.ask(Uint8Array.of(1))
  await service.stop()
  await expect(asker.ask(Uint8Array.of(2))).rejects.toMatchObject({
    code: expect.stringMatching(/UNREACHABLE|NO_ANSWER/),
  })
})
