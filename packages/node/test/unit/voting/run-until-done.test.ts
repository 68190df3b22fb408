import { expect, it } from 'vitest'
import { runUntilDone } from '../../../src/voting/run-until-done.ts'

function fakeNode(ends: 'itself' | 'by stop') {
  const said: string[] = []
  const { promise: done, resolve } = Promise.withResolvers<void>()
  return {
    said,
    done,
    async start() {
      said.push('start')
      if (ends === 'itself') resolve()
    },
    async stop() {
      said.push('stop')
      resolve()
    },
  }
}

it('a node that is done is stopped', async () => {
  const node = fakeNode('itself')
  await runUntilDone(node, new AbortController().signal)
  expect(node.said).toEqual(['start', 'stop'])
})

it('a node is stopped by the signal, also by one that fired while it started', async () => {
  const controller = new AbortController()
  const node = fakeNode('by stop')
  const running = runUntilDone(node, controller.signal)
  controller.abort()
  await running
  expect(node.said.slice(0, 2)).toEqual(['start', 'stop'])
  const late = fakeNode('by stop')
  await runUntilDone(late, AbortSignal.abort())
  expect(late.said.slice(0, 2)).toEqual(['start', 'stop'])
})

it('what it cannot go on with is thrown, and it is stopped', async () => {
  const node = fakeNode('by stop')
  const gone = Promise.reject(new TypeError('gone'))
  gone.catch(() => {})
  await expect(runUntilDone({ ...node, done: gone }, new AbortController().signal)).rejects.toThrow(
    'gone',
  )
  expect(node.said).toEqual(['start', 'stop'])
})
