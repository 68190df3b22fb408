import { describe, expect, it } from 'vitest'
import type { Context } from '../../../src/framework/context.ts'
import { showNode } from '../../../src/voting/show-node.ts'

function viewOf(json: boolean) {
  const emitted: object[] = []
  const parts: string[] = []
  const stderr = { write: (part: string) => void parts.push(part) }
  const context = {
    emit: (event: object) => void emitted.push(event),
    json,
    stderr,
    isTty: { stdin: false, stdout: false, stderr: false },
  } as unknown as Context
  const view = showNode<{ type: string }>(context, ({ type }) => `it is ${type}`)
  return { view, emitted, said: () => parts.join('') }
}

describe('showNode', () => {
  it('emits every event, and with --json says nothing else', () => {
    const { view, emitted, said } = viewOf(true)
    view.onEvent({ type: 'revealed' })
    expect(emitted).toEqual([{ type: 'revealed' }])
    expect(said()).toBe('')
  })

  it('says results in words', () => {
    const { view, emitted, said } = viewOf(false)
    view.onEvent({ type: 'revealed' })
    view.end()
    expect(emitted).toHaveLength(1)
    expect(said()).toContain('it is revealed\n')
  })
})
