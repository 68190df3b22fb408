import { stripTypeScriptTypes } from 'node:module'
import path from 'node:path'

/** A relative path of a TypeScript file as the whole of a string: what an import, a worker or a child process names. */
const RELATIVE_FILE = /(['"])(\.{1,2}\/[^'"\n]*)\.ts\1/g
/** A package of this repository as the whole of a string. */
const OWN_PACKAGE = /(['"])@fednode\/([a-z]+)\1/g

/**
 * JavaScript of one TypeScript file of this repository: types become blanks, so that lines and columns stay; `.ts` becomes `.js`; our own
 * packages are named by path, because Node resolves no workspace in an installed package.
 * @param place - the file's path in the repository, with forward slashes.
 */
export function compileSource(source: string, { file }: { readonly file: string }): string {
  const folder = path.posix.dirname(file)
  return stripTypeScriptTypes(source)
    .replaceAll(RELATIVE_FILE, '$1$2.js$1')
    .replaceAll(OWN_PACKAGE, (_whole, quote: string, name: string) => {
      const index = path.posix.relative(folder, `packages/${name}/src/index.js`)
      return `${quote}${index.startsWith('.') ? index : `./${index}`}${quote}`
    })
}
