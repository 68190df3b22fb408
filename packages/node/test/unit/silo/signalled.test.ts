import { expect, test } from 'vitest'
import { createSignalled } from '../../../src/silo/signalled.ts'

const never = new AbortController().signal

test('a change wakes everybody who waits, once', async () => {
  const value = createSignalled(1)
  const woken: string[] = []
  const waiters = ['a', 'b'].map((name) =>
    value.changed({ timeoutMs: 60_000, signal: never }).then(() => woken.push(name)),
  )
  value.set(2)
  await Promise.all(waiters)
  expect(woken.sort()).toEqual(['a', 'b'])
  expect(value.get()).toBe(2)
})

test('setting the same value wakes nobody', async () => {
  const value = createSignalled(1)
  let isWoken = false
  const waiting = value.changed({ timeoutMs: 60_000, signal: never }).then(() => {
    isWoken = true
  })
  value.set(1)
  await Promise.resolve()
  expect(isWoken).toBe(false)
  value.set(2)
  await waiting
})

test('a fired signal wakes, also before the wait began', async () => {
  const value = createSignalled(1)
  const controller = new AbortController()
  const waiting = value.changed({ timeoutMs: 60_000, signal: controller.signal })
  controller.abort()
  await waiting
  await value.changed({ timeoutMs: 60_000, signal: controller.signal })
})

test('the time limit wakes', async () => {
  await createSignalled(1).changed({ timeoutMs: 1, signal: never })
})
