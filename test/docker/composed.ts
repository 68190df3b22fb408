import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from './find-engine.ts'

const PROJECT = 'fednode-test'
/** Between two looks, in ms. */
const LOOK_MS = 500

/** The containers of docker/compose.yaml. */
export type Composed = {
  /** `docker compose` with these words. @throws {Error} for any exit code but 0. */
  compose(...words: readonly string[]): string
  /** A command in a running container; its exit code and output. */
  inside(
    service: string,
    ...command: readonly string[]
  ): { readonly code: number; readonly output: string }
  /** A value that `docker inspect` knows, by its Go template. */
  inspect(service: string, template: string): string
  /** Whether a network has no way out and none in. */
  isInternal(network: string): boolean
  /** @throws {Error} naming what did not happen within `seconds`. */
  until(what: string, seconds: number, happened: () => boolean): Promise<void>
}

/** @param settings - variables that compose.yaml takes. */
export function composed(options: {
  readonly root: string
  readonly engine: Engine
  readonly settings: Readonly<Record<string, string>>
}): Composed {
  const { root, settings } = options
  const env = { ...options.engine.env, ...settings }
  const file = path.join(root, 'docker', 'compose.yaml')
  const hasPlugin = spawnSync('docker', ['compose', 'version'], { env }).status === 0
  const [program, ...prefix] = hasPlugin ? ['docker', 'compose'] : ['docker-compose']
  const run = (...words: readonly string[]) => {
    const args = [...prefix, '--file', file, '--project-name', PROJECT, ...words]
    const { status, stdout, stderr } = spawnSync(program ?? '', args, { env, encoding: 'utf8' })
    return { code: status ?? -1, output: stdout, errors: stderr }
  }
  return {
    compose(...words) {
      const { code, output, errors } = run(...words)
      if (code !== 0) throw new Error(`compose ${words.join(' ')} ended with ${code}: ${errors}`)
      return output
    },
    inside: (service, ...command) => run('exec', '-T', service, ...command),
    inspect(service, template) {
      const id = run('ps', '-q', service).output.trim()
      const args = ['inspect', '--format', template, id]
      return spawnSync('docker', args, { env, encoding: 'utf8' }).stdout.trim()
    },
    isInternal(network) {
      const args = ['network', 'inspect', '--format', '{{.Internal}}', `${PROJECT}_${network}`]
      return spawnSync('docker', args, { env, encoding: 'utf8' }).stdout.trim() === 'true'
    },
    async until(what, seconds, happened) {
      const end = performance.now() + 1_000 * seconds
      while (!happened()) {
        if (performance.now() > end) throw new Error(`not within ${seconds} s: ${what}`)
        await sleep(LOOK_MS)
      }
    },
  }
}
