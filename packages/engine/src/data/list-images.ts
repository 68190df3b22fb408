import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type ArrayData, printable } from '@fednode/protocol'
import { dataError, listed, quoted } from './data-error.ts'
import type { DataFile } from './data-file.ts'

/** A picture, by the path within its folder; `label` is the position of its class, 0 where there are none. */
export type Image = { readonly path: string; readonly name: string; readonly label: number }

/** The pictures of a folder in the order of their rows. @throws {UserError} DATA_BAD_LABEL. */
export async function listImages(
  file: DataFile,
  { classes }: Pick<ArrayData, 'classes'>,
): Promise<readonly Image[]> {
  return classes === undefined ? imagesIn(file.path, '', 0) : imagesOf(file, classes)
}

/** Names of the folders in a folder, but for hidden ones. */
export async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
}

async function imagesOf(file: DataFile, classes: readonly string[]): Promise<readonly Image[]> {
  const folders = await foldersIn(file.path)
  const unknown = folders.find((name) => !classes.includes(name))
  if (unknown !== undefined)
    throw dataError(
      'DATA_BAD_LABEL',
      `${file.name}: folder ${quoted(unknown)} is not one of: ${listed(classes)}`,
      { hint: 'Every folder is a class, and is called as the manifest names it.' },
    )
  const found = classes.map((name, label) =>
    folders.includes(name) ? imagesIn(join(file.path, name), `${name}/`, label) : [],
  )
  return (await Promise.all(found)).flat()
}

async function imagesIn(folder: string, prefix: string, label: number): Promise<readonly Image[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => ({ path: join(folder, name), name: printable(`${prefix}${name}`), label }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}
