import { describe, expect, test } from 'vitest'
import { announceAddress, listenAddress, peerAddress } from '../../../src/framework/value-type.ts'
import { listenOptions } from '../../../src/options/listen.ts'

const PEER = '12D3KooWRdFFg3yTbTsDq5Z1yCvCWbqznEFro9jeVivo7rkayJ4D'
const RELAY = '12D3KooWGSrXQQXYp31AUbZ64eJMb3hGywN4dmzpaZW3rWW22EfF'

describe('addresses on the command line', () => {
  test.each([
    `/ip4/192.0.2.1/tcp/4001/p2p/${PEER}`,
    `/ip6/2001:db8::1/tcp/4001/p2p/${PEER}`,
    `/dns4/fl.example.org/tcp/443/tls/ws/p2p/${PEER}`,
    `/dns/fl.example.org/tcp/443/wss/p2p/${PEER}`,
    `/dns4/relay.example.org/tcp/4001/p2p/${RELAY}/p2p-circuit/p2p/${PEER}`,
  ])('%s is a peer', (address) => {
    expect(peerAddress.parse(address)).toBe(address)
  })

  test.each([
    'file:///etc/passwd',
    'http://169.254.169.254/latest/meta-data',
    `/unix/run/docker.sock/p2p/${PEER}`,
    `/ip4/192.0.2.1/udp/4001/quic-v1/p2p/${PEER}`,
    `/dns4/fl.example.org/tcp/443/http/p2p/${PEER}`,
    `/ip4/192.0.2.1/tcp/70000/p2p/${PEER}`,
    '/ip4/192.0.2.1/tcp/4001',
    '/ip4/192.0.2.1/tcp/4001/p2p/QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N',
    `/ip4/192.0.2.1/tcp/4001/p2p/${RELAY}/p2p/${PEER}`,
    `/dns4/${'a'.repeat(254)}/tcp/1/p2p/${PEER}`,
    '',
  ])('T29: %s is none', (address) => {
    expect(peerAddress.parse(address)).toBeUndefined()
  })

  test('a TLS proxy is announced and not listened on', () => {
    const proxied = '/dns4/fl.example.org/tcp/443/tls/ws'
    expect(announceAddress.parse(proxied)).toBe(proxied)
    expect(listenAddress.parse(proxied)).toBeUndefined()
    expect(listenAddress.parse('/ip4/127.0.0.1/tcp/8080/ws')).toBe('/ip4/127.0.0.1/tcp/8080/ws')
  })

  test('"none" is a peer that dials only', () => {
    const { parse } = listenOptions.listen.type
    expect(parse('none')).toEqual([])
    expect(parse('/ip4/0.0.0.0/tcp/1,/ip4/0.0.0.0/tcp/2/ws')).toHaveLength(2)
    expect(parse('none,/ip4/0.0.0.0/tcp/1')).toBeUndefined()
  })
})
