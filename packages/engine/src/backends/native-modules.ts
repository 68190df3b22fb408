import { realpathSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)
/** Our own copy, so that tensors and kernels are of one library. */
const CORE = pathToFileURL(require.resolve('@tensorflow/tfjs-core')).href
const UTIL = new URL('./native-util.ts', import.meta.url).href
/** Its messages are only for SavedModel and TensorBoard. */
const MESSAGES = './proto/api_pb'
const TFJS = /^@tensorflow\/tfjs(-core)?$/

/**
 * Loads CommonJS files of an installed back end. They get our TensorFlow.js in place of their own, and a `util` that still has what Node
 * 23 removed; nothing outside `folder` sees either of these.
 * @param folder - absolute; every module whose file lies in it is served.
 */
export function requireFrom(folder: string, files: readonly string[]): readonly unknown[] {
  // Modules are known by the path behind all symbolic links.
  const inside = `${pathToFileURL(realpathSync(folder)).href}/`
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (context.parentURL?.startsWith(inside) !== true) return next(specifier, context)
      if (TFJS.test(specifier)) return { url: CORE, shortCircuit: true }
      if (specifier === 'util' || specifier === MESSAGES) return { url: UTIL, shortCircuit: true }
      return next(specifier, context)
    },
  })
  try {
    const requireHere = createRequire(inside)
    return files.map((file) => requireHere(`./${file}`) as unknown)
  } finally {
    hooks.deregister()
  }
}
