import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { tarballManifest } from '../../../scripts/pack-cli/tarball-manifest.ts'

const root = path.join(import.meta.dirname, '..', '..', '..')
const PACKAGES = ['protocol', 'contracts', 'engine', 'aggregator', 'node']

test('T47: the tarball runs nothing when it is installed, and asks for exact versions only', () => {
  const manifest = tarballManifest(root, PACKAGES)
  expect(manifest).not.toHaveProperty('scripts')
  const versions = Object.values(manifest.dependencies)
  expect(versions.length).toBeGreaterThan(10)
  for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
  expect(manifest.bin).toEqual({ fednode: 'packages/node/src/bin.js' })
})

test('T47: no package of the repository may run a build script of its own', () => {
  const { allowBuilds } = parse(readFileSync(path.join(root, 'pnpm-workspace.yaml'), 'utf8'))
  expect(Object.keys(allowBuilds).length).toBeGreaterThan(0)
  expect(Object.values(allowBuilds).filter((allowed) => allowed !== false)).toEqual([])
})
