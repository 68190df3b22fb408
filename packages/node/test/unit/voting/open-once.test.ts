import { expect, it } from 'vitest'
import { openOnce } from '../../../src/voting/open-once.ts'

it('is opened once for all who ask, and again after a failure', async () => {
  let opened = 0
  let isBroken = true
  const open = openOnce(async () => {
    opened += 1
    if (isBroken) throw new TypeError('no memory')
    return { number: opened }
  })
  const first = [open(), open()]
  await expect(first[0]).rejects.toThrow('no memory')
  await expect(first[1]).rejects.toThrow('no memory')
  expect(opened).toBe(1)
  isBroken = false
  const [one, same] = await Promise.all([open(), open()])
  expect(one).toEqual({ number: 2 })
  expect(same).toBe(one)
  expect(await open()).toBe(one)
})
