import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { unlessStopped } from '../../../src/runtime/unless-stopped.ts'

test('a step that ends in time gives its result or its error, and leaves no listener', async () => {
  const { signal } = new AbortController()
  expect(await unlessStopped(signal, async () => 7)).toBe(7)
  const failing = unlessStopped(signal, () => Promise.reject(new TypeError('no')))
  await expect(failing).rejects.toThrow('no')
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('a step that never ends is left when the signal fires', async () => {
  const controller = new AbortController()
  const waiting = unlessStopped(controller.signal, () => new Promise(() => {}))
  controller.abort()
  await expect(waiting).rejects.toBe(controller.signal.reason)
})

test('after the signal no step begins', async () => {
  let begun = false
  const step = async () => {
    begun = true
  }
  await expect(unlessStopped(AbortSignal.abort(), step)).rejects.toMatchObject({
    name: 'AbortError',
  })
  expect(begun).toBe(false)
})
