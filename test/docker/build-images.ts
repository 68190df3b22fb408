import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { packCli } from '../../scripts/pack-cli/pack-cli.ts'
import type { Engine } from './find-engine.ts'
import { makeBaseImage } from './make-base-image.ts'

const TARGETS = {
  node: 'fednode',
  aggregator: 'fednode-aggregator',
  validator: 'fednode-validator',
}

/** Packs the command line and builds all images from docker/Dockerfile, on the base image that it names. */
export function buildImages(parts: {
  readonly root: string
  readonly directory: string
  readonly engine: Engine
}): void {
  const { root, directory, engine } = parts
  // The folder that compose.yaml names; another version's tarball must not be in it.
  const context = path.join(root, 'dist')
  const staging = path.join(directory, 'staging')
  rmSync(context, { recursive: true, force: true })
  for (const folder of [context, staging]) mkdirSync(folder)
  packCli({ root, staging, destination: context })
  const dockerfile = path.join(root, 'docker', 'Dockerfile')
  const base = /^ARG NODE_IMAGE=(\S+)$/m.exec(readFileSync(dockerfile, 'utf8'))?.[1] ?? ''
  makeBaseImage(base, { directory, engine })
  for (const [target, tag] of Object.entries(TARGETS)) {
    const flags = ['--network', 'host', '--file', dockerfile, '--target', target, '--tag', tag]
    engine.run('docker', ['build', '--quiet', ...flags, context])
  }
}
