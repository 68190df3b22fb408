import { UserError } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { modelChoice } from '../../../src/model/model-choice.ts'

const NOTHING = {
  dir: 'operator',
  scenario: undefined,
  round: undefined,
  model: undefined,
  manifest: undefined,
} as const
const SCENARIO = `0x${'ab'.repeat(20)}` as const

describe('modelChoice', () => {
  it('means a round of a data directory, or a file with its manifest', () => {
    expect(modelChoice({ ...NOTHING, round: 3 }, '/work')).toEqual({
      kind: 'kept',
      directory: '/work/operator',
      round: 3,
    })
    const file = { ...NOTHING, model: 'm.safetensors', manifest: 'federation.yaml' }
    expect(modelChoice(file, '/work')).toEqual({
      kind: 'file',
      model: '/work/m.safetensors',
      manifest: '/work/federation.yaml',
    })
  })

  it.each([
    ['a manifest without a model', { manifest: 'federation.yaml' }],
    ['a model without its manifest', { model: 'm.safetensors' }],
    ['a round of a file', { model: 'm', manifest: 'f', round: 2 }],
    ['a Scenario of a file', { model: 'm', manifest: 'f', scenario: SCENARIO }],
  ])('refuses %s', (_, given) => {
    expect(() => modelChoice({ ...NOTHING, ...given }, '/work')).toThrow(UserError)
    expect(() => modelChoice({ ...NOTHING, ...given }, '/work')).toThrow(
      expect.objectContaining({ info: expect.objectContaining({ fault: 'usage' }) }),
    )
  })
})
