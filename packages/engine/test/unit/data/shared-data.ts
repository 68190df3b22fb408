import { existsSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.join(import.meta.dirname, '../../../../../../shared/data')

/** Path of a reference file that lies beside the checkout, and whether this machine has it. */
export function sharedData(name: string): { readonly path: string; readonly isAbsent: boolean } {
  const file = path.join(ROOT, name)
  return { path: file, isAbsent: !existsSync(file) }
}
