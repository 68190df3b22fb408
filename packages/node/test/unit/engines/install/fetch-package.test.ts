import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fetchPackage } from '../../../../src/engines/install/fetch-package.ts'
import { tarballName } from '../../../../src/engines/install/upstream-package.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'
import { installationOf } from './installation-of.ts'

/** A folder with the tarball of a package of two files. */
function packed() {
  const packages = temporaryDirectory()
  mkdirSync(path.join(packages, 'package'))
  for (const name of ['index.js', 'big.bin'])
    writeFileSync(path.join(packages, 'package', name), `this is ${name}`)
  const file = path.join(packages, 'scope-tiny-1.2.3.tgz')
  execFileSync('tar', ['-czf', file, '-C', packages, 'package'])
  const digest = createHash('sha512').update(readFileSync(file)).digest('base64')
  return {
    packages,
    upstream: { name: '@scope/tiny', version: '1.2.3', integrity: `sha512-${digest}` },
  }
}

describe('fetchPackage', () => {
  it('unpacks what is asked for from a folder of tarballs', async () => {
    const { packages, upstream } = packed()
    const installation = installationOf({ packages })
    const to = path.join(installation.folder, 'tiny')
    await fetchPackage(upstream, { to, members: ['package/index.js'] }, installation)
    expect(readdirSync(to)).toEqual(['index.js'])
  })

  it('T47: refuses bytes that are not those that were published', async () => {
    const { packages, upstream } = packed()
    const other = { ...upstream, integrity: `sha512-${Buffer.alloc(64).toString('base64')}` }
    const installation = installationOf({ packages })
    const to = path.join(installation.folder, 'tiny')
    await expect(fetchPackage(other, { to }, installation)).rejects.toMatchObject({
      info: { code: 'PACKAGE_DIFFERS', fault: 'data' },
    })
    expect(readdirSync(installation.folder)).toEqual([])
  })

  it('says how to make a tarball that is missing', async () => {
    const { upstream } = packed()
    const installation = installationOf({ packages: temporaryDirectory() })
    const refused = fetchPackage(upstream, { to: installation.folder }, installation)
    await expect(refused).rejects.toMatchObject({
      info: {
        code: 'PACKAGE_MISSING',
        hint: 'Where there is a network:  npm pack @scope/tiny@1.2.3',
      },
    })
  })

  it('asks for npm where there is no folder', async () => {
    const { upstream } = packed()
    const installation = installationOf({ env: { PATH: temporaryDirectory() } })
    const refused = fetchPackage(upstream, { to: installation.folder }, installation)
    await expect(refused).rejects.toMatchObject({ info: { code: 'TOOL_MISSING' } })
  })
})

describe('tarballName', () => {
  it.each([
    ['@tensorflow/tfjs-node', 'tensorflow-tfjs-node-4.22.0.tgz'],
    ['webgpu', 'webgpu-4.22.0.tgz'],
  ])('of %s is %s', (name, file) => {
    expect(tarballName({ name, version: '4.22.0', integrity: '' })).toBe(file)
  })
})
