import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  libraryFromFolder,
  libraryFromWheel,
} from '../../../../src/engines/install/tensorflow-library.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'
import { installationOf } from './installation-of.ts'
import { zipOf } from './zip-of.ts'

const HEADER = 'include/tensorflow/c/c_api.h'
const WHEEL = {
  'tensorflow/libtensorflow_cc.so.2': 'computes',
  'tensorflow/libtensorflow_framework.so.2': 'shares',
  'tensorflow/python/big.so': 'is not needed',
  [`tensorflow/${HEADER}`]: 'declares',
  'tensorflow/include/tsl/platform/ctstring.h': 'declares strings',
  'tensorflow/include/Eigen/Core.h': 'is not needed',
}

function wheelOf(files: Readonly<Record<string, string>>): string {
  const file = path.join(temporaryDirectory(), 'tensorflow.whl')
  writeFileSync(file, zipOf(files, { isDeflated: true }))
  return file
}

describe('libraryFromWheel', () => {
  it('takes libraries and headers and leaves the rest', async () => {
    const installation = installationOf()
    const { libraries, include } = await libraryFromWheel(wheelOf(WHEEL), installation)
    expect(libraries.map((file) => readFileSync(file, 'utf8'))).toEqual(['computes', 'shares'])
    expect(readdirSync(installation.folder)).toEqual(['lib'])
    expect(readFileSync(path.join(include, 'tensorflow/c/c_api.h'), 'utf8')).toBe('declares')
    expect(readdirSync(include).sort()).toEqual(['tensorflow', 'tsl'])
  })

  it('T47: writes nothing outside its folders', async () => {
    const installation = installationOf()
    const evil = { ...WHEEL, 'tensorflow/include/tsl/platform/../../../../../evil.h': 'evil' }
    await libraryFromWheel(wheelOf(evil), installation)
    expect(readdirSync(path.dirname(installation.folder)).sort()).toEqual(['engine', 'scratch'])
  })

  it.each([
    [{ 'other/file.py': '' }, 'libtensorflow and libtensorflow_framework'],
    [
      { 'tensorflow/libtensorflow_cc.so.2': '', 'tensorflow/libtensorflow_framework.so.2': '' },
      HEADER,
    ],
  ])('says what a wheel of something else lacks', async (files, missing) => {
    const refused = libraryFromWheel(wheelOf(files), installationOf())
    await expect(refused).rejects.toMatchObject({
      message: expect.stringContaining(`has no ${missing}`),
      info: { code: 'NO_TENSORFLOW', fault: 'data' },
    })
  })
})

describe('libraryFromFolder', () => {
  it('copies what the links of a C archive point to', async () => {
    const folder = temporaryDirectory()
    mkdirSync(path.join(folder, 'lib'))
    mkdirSync(path.dirname(path.join(folder, HEADER)), { recursive: true })
    writeFileSync(path.join(folder, HEADER), '')
    for (const name of ['libtensorflow', 'libtensorflow_framework']) {
      writeFileSync(path.join(folder, 'lib', `${name}.so.2.9.1`), name)
      symlinkSync(`${name}.so.2.9.1`, path.join(folder, 'lib', `${name}.so.2`))
    }
    const { libraries, include } = await libraryFromFolder(folder, installationOf())
    expect(libraries.map((file) => readFileSync(file, 'utf8')).sort()).toEqual([
      'libtensorflow',
      'libtensorflow_framework',
    ])
    expect(include).toBe(path.join(folder, 'include'))
  })

  it('refuses a folder of something else', async () => {
    await expect(libraryFromFolder(temporaryDirectory(), installationOf())).rejects.toMatchObject({
      info: { code: 'NO_TENSORFLOW' },
    })
  })
})
