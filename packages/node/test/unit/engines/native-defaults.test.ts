import { expect, test } from 'vitest'
import { setNativeDefaults } from '../../../src/engines/native-defaults.ts'

test('fills in what the user left open and nothing else', () => {
  const env: Record<string, string | undefined> = { NVIDIA_TF32_OVERRIDE: '1', PATH: '/bin' }
  setNativeDefaults(env)
  expect(env).toEqual({
    PATH: '/bin',
    NVIDIA_TF32_OVERRIDE: '1',
    TF_DETERMINISTIC_OPS: '1',
    TF_CPP_MIN_LOG_LEVEL: '2',
  })
})
