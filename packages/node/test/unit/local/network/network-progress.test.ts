import { describe, expect, it } from 'vitest'
import { parseNetworkLine } from '../../../../src/local/network/network-events.ts'
import {
  advanceNetwork,
  initialNetworkProgress,
} from '../../../../src/local/network/network-progress.ts'
import { createJsonNetworkView, networkFrame } from '../../../../src/local/network/network-view.ts'

const NODES = [
  { name: 'ally-a', role: 'alliance' },
  { name: 'ally-b', role: 'alliance' },
  { name: 'trainer', role: 'arena-node' },
] as const
const MODEL = `0x${'ab'.repeat(32)}`

const after = (...lines: readonly (readonly [string, object])[]) =>
  lines.reduce(
    (progress, [name, line]) => {
      const event = parseNetworkLine(name, JSON.stringify(line))
      return event === undefined ? progress : advanceNetwork(progress, event)
    },
    initialNetworkProgress(NODES, 2),
  )

describe('the progress of a local network', () => {
  it('is what the nodes say', () => {
    const { nodes } = after(
      ['ally-a', { type: 'listening', addresses: ['/ip4/127.0.0.1/tcp/1'] }],
      ['ally-a', { type: 'drawn', round: 1, role: 'voter' }],
      ['ally-b', { type: 'trouble', code: 'RPC_FAILED', reason: 'no answer' }],
      ['trainer', { type: 'submitted', round: 1, digest: MODEL }],
    )
    expect(nodes.map(({ status }) => status)).toEqual([
      'round 1: drawn as voter',
      'trouble: RPC_FAILED',
      'round 1: model submitted',
    ])
    expect(nodes.map(({ listens, submitted }) => [listens, submitted])).toEqual([
      [true, 0],
      [false, 0],
      [false, 1],
    ])
  })

  it('counts a round once, however many say that it is over', () => {
    const end = { type: 'settled', round: 1, verdict: 'accepted', model: MODEL }
    const { settled } = after(['ally-a', end], ['ally-b', { ...end, verdict: 'rejected' }])
    expect(settled).toEqual([{ round: 1, verdict: 'accepted', model: MODEL }])
  })

  it('takes no notice of lines that it does not know, and of what is no digest', () => {
    const odd = { type: 'settled', round: 1, verdict: 'accepted', model: '../../etc' }
    expect(after(['ally-a', odd], ['ally-a', { type: 'unheard-of' }])).toEqual(
      initialNetworkProgress(NODES, 2),
    )
    expect(parseNetworkLine('ally-a', 'not JSON')).toBeUndefined()
  })

  it('is shown in lines that fit', () => {
    const frame = networkFrame(after(['ally-a', { type: 'finished' }]), 40)
    expect(frame).toEqual([
      'Alliance: 0 of 2 rounds over',
      '  ally-a   alliance         finished',
      '  ally-b   alliance         starting',
      '  trainer  arena node       starting',
    ])
    expect(networkFrame(after(), 12).every((line) => line.length <= 12)).toBe(true)
  })

  it('is told to a script as one JSON event a line, each end of a round once', () => {
    const lines: unknown[] = []
    const view = createJsonNetworkView({ write: (text) => lines.push(JSON.parse(text)) })
    const settled = { type: 'settled', round: 1, verdict: 'accepted', model: MODEL }
    view.fact('chain', 'anvil')
    for (const progress of [after(), after(['ally-a', settled]), after(['ally-a', settled])]) {
      view.show(progress)
    }
    view.close()
    expect(lines).toEqual([
      { type: 'fact', label: 'chain', text: 'anvil' },
      { ...settled, rounds: 2 },
    ])
  })
})
