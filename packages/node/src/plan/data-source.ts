import path from 'node:path'
import { isQuery } from '@fednode/engine'

/** What --data names, for the engine: a path is resolved against the working directory, a query stays as it is. */
export function dataSource(cwd: string, text: string): string {
  return isQuery(text) ? text : path.resolve(cwd, text)
}
