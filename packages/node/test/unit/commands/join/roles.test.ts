import { expect, test } from 'vitest'
import { checkRole } from '../../../../src/commands/join/check-role.ts'
import { joinRole } from '../../../../src/commands/join/join-role.ts'
import { roleWords } from '../../../../src/commands/join/role-words.ts'
import { warnIfAlone } from '../../../../src/commands/join/warn-if-alone.ts'

const ADDRESS = '/ip4/127.0.0.1/tcp/4001/p2p/12D3KooWMAC5iyF2ewYCUNFMVEqPdf899baD94zdT6pf73rDoDR9'

const given = {
  ...{ dir: 'op', federation: 'plan.yaml' },
  ...{ manifest: undefined, stake: undefined, simulateAttack: undefined },
}

test('an option that the role has no use for is refused, not left out in silence', () => {
  const attacked = { ...given, simulateAttack: 'sign-flip' } as const
  const staked = { ...given, stake: '3000', manifest: 'task.yaml' } as const
  for (const role of ['arena-node', 'arena-validator', 'validator'] as const) {
    expect(() => checkRole({ ...attacked, role })).toThrow(
      `--simulate-attack is of no use to --role ${role}`,
    )
    expect(() => checkRole({ ...staked, role })).not.toThrow()
  }
  expect(() => checkRole({ ...attacked, role: 'silo' })).not.toThrow()
  expect(() => checkRole({ ...attacked, ...staked, role: 'alliance' })).not.toThrow()
  expect(() => checkRole({ ...staked, role: 'silo' })).toThrow(
    '--manifest is of no use to --role silo',
  )
  expect(() => checkRole({ ...given, stake: '1', role: 'silo' })).toThrow(
    expect.objectContaining({ code: 'BAD_OPTION' }),
  )
})

test('a task or an alliance without its role is refused with the role that it takes', () => {
  const joining = (role: 'silo' | 'alliance' | 'arena-node' | 'validator', federation: string) => {
    return () => checkRole({ ...given, role, federation })
  }
  const hinting = (hint: string) =>
    expect.objectContaining({ info: expect.objectContaining({ code: 'BAD_ARGUMENT', hint }) })
  const asAlly = hinting('An alliance is joined with  --role alliance.')
  const inTask = hinting('A task is joined with  --role arena-node, or arena-validator.')
  expect(joining('silo', '1')).toThrow(asAlly)
  expect(joining('silo', 'arena:1')).toThrow(inTask)
  expect(joining('alliance', 'arena:1')).toThrow(inTask)
  expect(joining('alliance', '1')).not.toThrow()
  expect(joining('arena-node', 'arena:1')).not.toThrow()
  expect(joining('validator', 'arena:1')).not.toThrow()
  expect(joining('silo', '1.yaml')).not.toThrow()
})

test('what a member is told to type again still finds the others', () => {
  const member = { federation: '1', role: 'alliance', manifest: 'plan.yaml' } as const
  const nobody = { stake: undefined, bootstrap: undefined, mdns: false }
  const plain = '1 --role alliance --manifest plan.yaml'
  expect(roleWords({ ...member, ...nobody })).toBe(plain)
  expect(roleWords({ ...member, stake: '1500', bootstrap: [ADDRESS], mdns: true })).toBe(
    `${plain} --stake 1500 --bootstrap ${ADDRESS} --mdns`,
  )
})

test('a directory of an aggregator or investor joins nothing, and the line says what to do', () => {
  for (const role of ['aggregator', 'investor'] as const) {
    expect(joinRole.parse(role)).toBe(role)
    expect(() => checkRole({ ...given, role })).toThrow(
      `op was made for an ${role} (role in op/config.yaml)`,
    )
  }
  expect(() => checkRole({ ...given, role: 'arena-node' })).not.toThrow()
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
