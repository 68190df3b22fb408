import { describe, expect, it } from 'vitest'
import { memorySize, sizeText } from '../../../src/framework/memory-size.ts'

describe('memorySize', () => {
  it.each([
    ['1KiB', 1_024],
    ['512MiB', 536_870_912],
    ['2GiB', 2_147_483_648],
  ])('reads %s', (text, bytes) => {
    expect(memorySize.parse(text)).toBe(bytes)
    expect(memorySize.parse(sizeText(bytes))).toBe(bytes)
    expect(memorySize.show?.(bytes)).toBe(text)
  })

  it.each(['', '2', '2GB', '2 GiB', '0MiB', '-1MiB', '1.5GiB', '2gib', '1e3MiB'])(
    'refuses "%s"',
    (text) => {
      expect(memorySize.parse(text)).toBeUndefined()
    },
  )
})
