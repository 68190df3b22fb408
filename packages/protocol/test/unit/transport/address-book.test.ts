import { expect, it } from 'vitest'
import { createAddressBook } from '../../../src/transport/address-book.ts'
import { peerKeyOf } from './test-hosts.ts'

const peer = peerKeyOf('member').peerId
const at = (port: number, seq?: bigint) => ({
  peer,
  addresses: [`/ip4/192.0.2.1/tcp/${port}/p2p/${peer}`],
  ...(seq === undefined ? {} : { seq }),
})

it('T13: neither a replayed record nor an unsigned answer replaces a newer signed one', async () => {
  const book = createAddressBook(() => true)
  await book.add(at(1))
  expect(book.get(peer)).toEqual(at(1))
  await book.add(at(2, 5n))
  await book.add(at(3))
  await book.add(at(4, 4n))
  expect(book.get(peer)).toEqual(at(2, 5n))
  await book.add(at(5, 6n))
  expect(book.get(peer)).toEqual(at(5, 6n))
})

it('one record has all the addresses that were taken of it, whoever told', async () => {
  const book = createAddressBook(() => true)
  await book.add(at(1, 5n))
  await book.add(at(2, 5n))
  await book.add(at(1, 5n))
  expect(book.get(peer)?.addresses).toEqual([...at(1).addresses, ...at(2).addresses])
})
