import { copyFile, mkdir, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '@fednode/protocol'
import type { Installation } from './installation.ts'
import { openZip, type ZipEntry } from './read-zip.ts'

/** TensorFlow's C library, ready to be linked: `libraries` lie in the engine's folder, `include` has the headers. */
export type TensorflowLibrary = {
  /** Absolute. */
  readonly libraries: readonly string[]
  /** Absolute. */
  readonly include: string
}

/** The names by which programs ask for it: libtensorflow of the C archive, libtensorflow_cc of a Python wheel. */
const LIBRARY = /^libtensorflow(?:_cc|_framework)?\.(?:so\.2|2\.dylib)$/
const IN_WHEEL = 'tensorflow/'
/** What the binding's own headers include, in all releases since 2.12. */
const HEADER = /^include\/(?:tensorflow\/(?:c|core\/platform)|tsl\/platform|xla\/tsl)\/[\w./-]+\.h$/
const ENTRY_HEADER = 'include/tensorflow/c/c_api.h'
/** Library of the computations and library of what they share. */
const NEEDED = 2

/**
 * Takes the library out of a Python wheel of TensorFlow.
 * @throws {UserError} data BAD_ARCHIVE, NO_TENSORFLOW.
 */
export async function libraryFromWheel(
  wheel: string,
  installation: Installation,
): Promise<TensorflowLibrary> {
  installation.report(`unpacking ${path.basename(wheel)}`)
  const archive = await openZip(wheel)
  try {
    const own = archive.entries.flatMap((entry) => {
      const name = entry.name.startsWith(IN_WHEEL) ? entry.name.slice(IN_WHEEL.length) : ''
      return name === '' || name.includes('..') ? [] : [{ entry, name }]
    })
    const libraries = own.filter(({ name }) => LIBRARY.test(name))
    const headers = own.filter(({ name }) => HEADER.test(name))
    requireAll(
      wheel,
      [...libraries, ...headers].map(({ name }) => name),
    )
    const extractTo = async (
      one: { entry: ZipEntry; name: string },
      to: string,
    ): Promise<string> => {
      installation.signal.throwIfAborted()
      await archive.extract(one.entry, path.join(to, one.name))
      return path.join(to, one.name)
    }
    for (const header of headers) await extractTo(header, installation.scratch)
    const files: string[] = []
    for (const library of libraries)
      files.push(await extractTo(library, path.join(installation.folder, 'lib')))
    return { libraries: files, include: path.join(installation.scratch, 'include') }
  } finally {
    await archive.close()
  }
}

/**
 * Copies the library from a folder: an unpacked libtensorflow archive (lib/ and include/), or the folder `tensorflow` of a Python
 * installation.
 * @throws {UserError} data NO_TENSORFLOW.
 */
export async function libraryFromFolder(
  folder: string,
  installation: Installation,
): Promise<TensorflowLibrary> {
  installation.report(`copying TensorFlow from ${folder}`)
  const found = [...(await librariesIn(folder)), ...(await librariesIn(path.join(folder, 'lib')))]
  const hasHeader = await exists(path.join(folder, ENTRY_HEADER))
  requireAll(folder, [...found.map((file) => path.basename(file)), hasHeader ? ENTRY_HEADER : ''])
  const target = path.join(installation.folder, 'lib')
  await mkdir(target, { recursive: true })
  const libraries: string[] = []
  for (const file of found) {
    const copy = path.join(target, path.basename(file))
    // Follows symbolic links: the copy is the library itself.
    await copyFile(file, copy)
    libraries.push(copy)
  }
  return { libraries, include: path.join(folder, 'include') }
}

async function librariesIn(folder: string): Promise<readonly string[]> {
  if (!(await exists(folder))) return []
  const names = await readdir(folder)
  return names.filter((name) => LIBRARY.test(name)).map((name) => path.join(folder, name))
}

async function exists(file: string): Promise<boolean> {
  return await stat(file).then(
    () => true,
    () => false,
  )
}

function requireAll(source: string, names: readonly string[]): void {
  const libraries = names.filter((name) => LIBRARY.test(name))
  if (libraries.length >= NEEDED && names.includes(ENTRY_HEADER)) return
  const missing =
    libraries.length < NEEDED ? 'libtensorflow and libtensorflow_framework' : ENTRY_HEADER
  throw new UserError('data', `${source} has no ${missing}`, {
    code: 'NO_TENSORFLOW',
    hint: 'Give a wheel of tensorflow or tensorflow-cpu from 2.12 on (Linux, macOS), or a folder with lib/ and include/.',
  })
}
