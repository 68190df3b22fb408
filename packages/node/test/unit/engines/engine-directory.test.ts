import path from 'node:path'
import { expect, test } from 'vitest'
import { engineDirectory } from '../../../src/engines/engine-directory.ts'

test.each([
  [{ FEDNODE_ENGINES: '/own', XDG_DATA_HOME: '/xdg', HOME: '/home/a' }, '/own'],
  [{ FEDNODE_ENGINES: '', XDG_DATA_HOME: '/xdg', HOME: '/home/a' }, '/xdg/fednode/engines'],
  [{ XDG_DATA_HOME: 'relative', HOME: '/home/a' }, '/home/a/.local/share/fednode/engines'],
  [{ HOME: '/home/a' }, '/home/a/.local/share/fednode/engines'],
])('of %j is %s', (env, expected) => {
  expect(engineDirectory(env)).toBe(expected)
})

test.each([{}, { HOME: '' }, { HOME: '.' }])(
  'without a home in %j it is still the user’s own',
  (env) => {
    expect(engineDirectory(env)).not.toContain(process.cwd())
    expect(path.isAbsolute(engineDirectory(env))).toBe(true)
  },
)
