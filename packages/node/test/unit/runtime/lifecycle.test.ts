import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { createLifecycle, STOP_TIMEOUT_MS } from '../../../src/runtime/lifecycle.ts'

function start(dieWithParent = false) {
  const stdin = new PassThrough()
  const stdout = new EventEmitter()
  const events = Object.assign(new EventEmitter(), { stdin, stdout })
  const exit = vi.fn()
  const { signal } = createLifecycle({ process: events, exit, dieWithParent })
  return { events, stdin, stdout, exit, signal }
}

test.each(['SIGINT', 'SIGTERM'])(
  '%s fires the signal and lets the process stop by itself',
  (name) => {
    const { events, signal, exit } = start()
    events.emit(name)
    expect(signal.aborted).toBe(true)
    expect(exit).not.toHaveBeenCalled()
  },
)

test('a second Ctrl-C ends the process at once', () => {
  const { events, exit } = start()
  events.emit('SIGINT')
  events.emit('SIGINT')
  expect(exit).toHaveBeenCalledWith(130)
})

test('a process that does not stop in time is ended', () => {
  vi.useFakeTimers()
  try {
    const { events, exit } = start()
    events.emit('SIGTERM')
    vi.advanceTimersByTime(STOP_TIMEOUT_MS - 1)
    expect(exit).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(exit).toHaveBeenCalledWith(130)
  } finally {
    vi.useRealTimers()
  }
})

test('a closed stdout stops the process, and a signal after it still only stops', () => {
  const { stdout, signal, exit } = start()
  stdout.emit('error', new Error('EPIPE'))
  expect(signal.aborted).toBe(true)
  expect(exit).not.toHaveBeenCalled()
})

test('a child stops when the pipe to its parent closes', async () => {
  const { stdin, signal } = start(true)
  stdin.end()
  await vi.waitFor(() => expect(signal.aborted).toBe(true))
})

test('a process that nobody holds by a pipe ignores its stdin', async () => {
  const { stdin, signal } = start(false)
  stdin.resume()
  stdin.end()
  await new Promise((resolve) => stdin.on('end', resolve))
  expect(signal.aborted).toBe(false)
})
