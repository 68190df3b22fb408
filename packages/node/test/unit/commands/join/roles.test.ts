import { expect, test } from 'vitest'
import { checkRole } from '../../../../src/commands/join/check-role.ts'
import { joinRole } from '../../../../src/commands/join/join-role.ts'
import { warnIfAlone } from '../../../../src/commands/join/warn-if-alone.ts'

const ADDRESS = '/ip4/127.0.0.1/tcp/4001/p2p/12D3KooWMAC5iyF2ewYCUNFMVEqPdf899baD94zdT6pf73rDoDR9'

test('a directory of an aggregator or investor joins nothing, and the line says what to do', () => {
  for (const role of ['aggregator', 'investor'] as const) {
    expect(joinRole.parse(role)).toBe(role)
    expect(() => checkRole({ role, dir: 'op' })).toThrow(
      `op was made for an ${role} (role in op/config.yaml)`,
    )
  }
  expect(() => checkRole({ role: 'arena-node', dir: 'op' })).not.toThrow()
  expect(joinRole.parse('judge')).toBeUndefined()
  expect(joinRole.expected).toBe('one of silo, validator, alliance, arena-node, arena-validator')
})

test('a member that knows no other is warned, and nobody else', () => {
  const warned = (changes: Partial<Parameters<typeof warnIfAlone>[0]>): string => {
    const said: string[] = []
    const listen = ['/ip4/127.0.0.1/tcp/0']
    warnIfAlone(
      { role: 'alliance', federation: '1', bootstrap: undefined, mdns: false, listen, ...changes },
      { stderr: { write: (text) => said.push(text) } },
    )
    return said.join('')
  }
  expect(warned({})).toContain('neither --bootstrap nor --mdns')
  expect(warned({})).toContain('/ip4/127.0.0.1/tcp/0')
  expect(warned({ role: 'validator', federation: 'arena:1' })).not.toBe('')
  expect(warned({ role: 'validator', federation: `0x${'12'.repeat(20)}` })).toBe('')
  expect(warned({ role: 'silo' })).toBe('')
  expect(warned({ mdns: true })).toBe('')
  expect(warned({ bootstrap: [ADDRESS] })).toBe('')
})
