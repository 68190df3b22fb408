import { type ChainInvite, createPeerKey, decodeInvite, encodeInvite } from '@fednode/protocol'
import { beforeAll, describe, expect, test } from 'vitest'
import { useLocalWorld } from '../local-world.ts'

const world = useLocalWorld()
const MEMBER = `/dns4/fl.example.org/tcp/4001/p2p/${createPeerKey(new Uint8Array(32).fill(3)).peerId}`
const JOIN_TIME = 60_000

let scenario = ''
let account = ''
let made: Record<string, unknown> = {}

beforeAll(async () => {
  account = String((await world.participant('a')).account).toLowerCase()
  await world.participant('b')
  const federation = await world.federation({ 'open: true': 'open: false' })
  scenario = federation.scenario
  const create = ['invite', 'create', scenario, '--dir', 'operator', '--address', MEMBER]
  made = await world.json([...create, '--for', account])
}, JOIN_TIME)

function join(invite: string, dir = 'a', ...more: readonly string[]) {
  return world.run(['join', invite, '--data', `${dir}.csv`, '--name', dir, '--dir', dir, ...more])
}

/** The invite with other terms, signed by `signer`. */
function forged(terms: Partial<ChainInvite>, signer = createPeerKey(new Uint8Array(32).fill(9))) {
  const { invite } = decodeInvite(String(made.invite))
  return encodeInvite({ ...invite, ...terms }, signer)
}

describe('an invite', () => {
  test('says where the federation is, and lets its account register', async () => {
    const { invite } = decodeInvite(String(made.invite))
    if ('manifest' in invite) throw new TypeError('an invite to a federation without a chain')
    expect(invite).toMatchObject({ chainId: 31_337, scenario, account, addresses: [MEMBER] })
    // Without a terminal nobody can consent: that is as far as the plan comes, and it is shown first.
    const taken = await join(String(made.invite))
    expect(taken.stderr).toContain(`Orchestrator ${invite.orchestrator}`)
    expect(taken.stderr).toContain('--accept')
    expect(taken.code).toBe(3)
  })

  test('T55: is refused when the federator on chain did not sign it', async () => {
    const { code, stderr } = await join(forged({}))
    expect(code).toBe(3)
    expect(stderr).toContain('not by the federator')
  })

  test('T55: is refused when its Orchestrator is not the one that the administrator trusts', async () => {
    const other = `0x${'11'.repeat(20)}`
    const { code, stderr } = await join(String(made.invite), 'a', '--orchestrator', other)
    expect(code).toBe(2)
    expect(stderr).toContain(`you trust ${other}`)
  })

  test('is refused for another account, after its time, on another chain, and with an address that nobody may dial', async () => {
    const another = await join(String(made.invite), 'b')
    expect([another.code, another.stderr]).toEqual([3, expect.stringContaining('is for 0x')])
    const late = await join(forged({ expires: 1_000 }))
    expect([late.code, late.stderr]).toEqual([3, expect.stringContaining('1970-01-01')])
    const elsewhere = await join(forged({ chainId: 5 }))
    expect([elsewhere.code, elsewhere.stderr]).toEqual([5, expect.stringContaining('31337')])
    const inside = await join(forged({ addresses: ['/unix/run/docker.sock'] }))
    expect(inside.code).toBe(2)
    expect(inside.stderr).toContain('not the address of a peer')
    const cut = await join(String(made.invite).slice(0, -1))
    expect([cut.code, cut.stderr]).toEqual([2, expect.stringContaining('this is no invite')])
  })

  test('is made by the federator only, and with an address', async () => {
    const foreign = await world.run(['invite', 'create', scenario, '--dir', 'b'])
    expect([foreign.code, foreign.stderr]).toEqual([
      3,
      expect.stringContaining('only the federator'),
    ])
    const nowhere = await world.run(['invite', 'create', scenario, '--dir', 'operator'])
    expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('no address yet')])
    const create = ['invite', 'create', scenario, '--dir', 'operator', '--address', MEMBER]
    const over = await world.run([...create, '--expires', '2020-01-01'])
    expect([over.code, over.stderr]).toEqual([2, expect.stringContaining('not within the next')])
  })

  test('is listed, and taken back when it is for one account', async () => {
    const create = ['invite', 'create', scenario, '--dir', 'operator', '--address', MEMBER]
    const open = await world.json(create)
    const list = await world.json(['invite', 'list', '--dir', 'operator'])
    expect(list.invites).toMatchObject([
      { id: made.id, account, state: 'good' },
      { id: open.id, account: null, state: 'good' },
    ])
    const anybody = await world.run(['invite', 'revoke', String(open.id), '--dir', 'operator'])
    expect([anybody.code, anybody.stderr]).toEqual([3, expect.stringContaining('for anybody')])
    await world.json(['invite', 'revoke', String(made.id), '--dir', 'operator'])
    const after = await world.run(['invite', 'list', '--dir', 'operator'])
    expect(after.stdout).toContain('revoked')
    const refused = await join(String(made.invite))
    expect(refused.code).toBe(3)
    expect(refused.stderr).not.toContain('--accept')
  })
})
