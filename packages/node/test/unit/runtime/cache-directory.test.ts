import path from 'node:path'
import { expect, test } from 'vitest'
import { cacheDirectory } from '../../../src/runtime/cache-directory.ts'

test.each([
  [{ FEDNODE_CACHE: '/own', XDG_CACHE_HOME: '/xdg', HOME: '/home/a' }, '/own'],
  [{ FEDNODE_CACHE: '', XDG_CACHE_HOME: '/xdg', HOME: '/home/a' }, '/xdg/fednode'],
  [{ XDG_CACHE_HOME: 'relative', HOME: '/home/a' }, '/home/a/.cache/fednode'],
  [{ HOME: '/home/a' }, '/home/a/.cache/fednode'],
])('of %j is %s', (env, expected) => {
  expect(cacheDirectory(env)).toBe(expected)
})

test.each([{}, { HOME: '' }, { HOME: '.' }])(
  'without a home in %j it is still the user’s own',
  (env) => {
    expect(cacheDirectory(env)).not.toContain(process.cwd())
    expect(path.isAbsolute(cacheDirectory(env))).toBe(true)
  },
)
