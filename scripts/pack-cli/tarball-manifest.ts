import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

/** The oldest Node that runs what we write: node:sqlite without a flag, Promise.withResolvers, import.meta.dirname. */
const OLDEST_NODE = '>=22.18'
const OWN = '@fednode/'

const packageSchema = z.object({
  version: z.string(),
  dependencies: z.record(z.string(), z.string()),
})

/**
 * package.json of the tarball: no scripts (T47), one command, every dependency in the one version that the repository tests.
 * @throws {ZodError} for a dependency that the catalog has no version of.
 */
export function tarballManifest(root: string, packages: readonly string[]) {
  const manifests = packages.map((name) =>
    packageSchema.parse(JSON.parse(read(root, `packages/${name}/package.json`))),
  )
  const names = manifests.flatMap(({ dependencies }) => Object.keys(dependencies))
  const foreign = [...new Set(names.filter((name) => !name.startsWith(OWN)))].sort()
  const catalog = z.object(Object.fromEntries(foreign.map((name) => [name, z.string()])))
  const workspace = z.object({ catalog }).parse(parse(read(root, 'pnpm-workspace.yaml')))
  return {
    name: 'fednode',
    version: z.string().parse(manifests.at(-1)?.version),
    description: 'Train one model together without moving data; be measured and paid for it.',
    license: 'Apache-2.0',
    type: 'module',
    engines: { node: OLDEST_NODE },
    bin: { fednode: 'packages/node/src/bin.js' },
    dependencies: workspace.catalog,
  }
}

function read(root: string, file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}
