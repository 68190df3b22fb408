import { writeFileSync } from 'node:fs'
import { createPeerKey, type PeerIdText, silentLogger } from '@fednode/protocol'
import { describe, expect, test } from 'vitest'
import { type GuestList, guestListOf } from '../../../../src/commands/relay/run/guest-list.ts'
import { useLocalWorld } from '../local-world.ts'

const world = useLocalWorld()
const [member, stranger] = [1, 2].map((seed) => createPeerKey(new Uint8Array(32).fill(seed)).peerId)
const LONG = 60_000

async function guestsOf(options: {
  readonly members?: string
  readonly scenario?: `0x${string}`
}): Promise<GuestList> {
  const context = { signal: new AbortController().signal, logger: silentLogger }
  const guests = await guestListOf({ ...options, rpc: world.rpc }, context)
  if (guests === undefined) throw new TypeError('a relay for anybody')
  return guests
}

function listFile(text: string): string {
  const file = world.path('members.txt')
  writeFileSync(file, text)
  return file
}

describe('whom a relay is for', () => {
  test('is whoever a file lists', async () => {
    const guests = await guestsOf({ members: listFile(`# our silos\n\n ${member} \n`) })
    expect(guests.isMember(member as PeerIdText)).toBe(true)
    expect(guests.isMember(stranger as PeerIdText)).toBe(false)
    await guests.close()
  })

  test('is whoever the Scenario has, as the chain says', { timeout: LONG }, async () => {
    const operator = await world.json(['init', '--dir', 'operator'])
    const { scenario } = await world.federation({})
    const guests = await guestsOf({ scenario: scenario as `0x${string}` })
    expect(await guests.isMember(String(operator.peerId) as PeerIdText)).toBe(true)
    expect(await guests.isMember(stranger as PeerIdText)).toBe(false)
    await guests.close()
  })

  test('is told once', async () => {
    await world.json(['init', '--dir', 'relay'])
    const words = ['relay', 'run', '--dir', 'relay', '--listen', '/ip4/127.0.0.1/tcp/0']
    const both = ['--members', 'members.txt', '--scenario', `0x${'11'.repeat(20)}`]
    const { code, stderr } = await world.run([...words, ...both])
    expect([code, stderr]).toEqual([2, expect.stringContaining('both say whom')])
  })

  test.each([
    ['nobody', '# nobody\n', 'lists nobody'],
    ['something else', 'hospital-a\n', 'line 1: "hospital-a" is no peer id'],
  ])('is not a file that lists %s', async (_name, text, message) => {
    await expect(guestsOf({ members: listFile(text) })).rejects.toMatchObject({
      code: 'BAD_MEMBERS_FILE',
      message: expect.stringContaining(message),
    })
    await expect(guestsOf({ members: world.path('absent.txt') })).rejects.toMatchObject({
      code: 'NO_MEMBERS_FILE',
    })
  })
})
