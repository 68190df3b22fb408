import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'

/** Longest start of an engine, in seconds. */
const START_SECONDS = 60
const PACKAGES = ['docker.io', 'docker-compose', 'debootstrap']

/** A Docker engine that answers. */
export type Engine = {
  /** Environment of commands that are to use it. */
  readonly env: NodeJS.ProcessEnv
  /** Runs one command to its end; returns its output. @throws {Error} for any exit code but 0, with what it wrote. */
  run(program: string, args: readonly string[]): string
  stop(): Promise<void>
}

/** The engine that is there, or one of our own below `directory`; a string says why there is none. */
export async function findEngine(directory: string): Promise<Engine | string> {
  if (answers(process.env)) return engineOf(process.env, async () => {})
  if (process.getuid?.() !== 0) return 'none answers, and only root can start one'
  if (!isThere('dockerd') || !isThere('docker-compose')) {
    const update = spawnSync('apt-get', ['update', '-qq'])
    const install = spawnSync('apt-get', [
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      ...PACKAGES,
    ])
    if (update.status !== 0 || install.status !== 0) return 'none is installed, and apt-get cannot'
  }
  return await startEngine(directory)
}

/** vfs works on any file system, also inside of a container. */
async function startEngine(directory: string): Promise<Engine | string> {
  const home = path.join(directory, 'engine')
  mkdirSync(home)
  const socket = `unix://${path.join(home, 'docker.sock')}`
  const places = ['--data-root', `${home}/data`, '--exec-root', `${home}/exec`]
  const daemon = spawn(
    'dockerd',
    ['--storage-driver=vfs', ...places, '--pidfile', `${home}/pid`, '-H', socket],
    { stdio: ['ignore', 'ignore', openSync(`${home}/log`, 'w')] },
  )
  const ended = once(daemon, 'exit')
  const env = { ...process.env, DOCKER_HOST: socket }
  for (let second = 0; second < START_SECONDS && daemon.exitCode === null; second++) {
    if (answers(env)) {
      return engineOf(env, async () => {
        daemon.kill()
        await ended
        // Left there by containers on the host's network: a directory with a mount in it cannot be removed.
        spawnSync('umount', [`${home}/exec/netns/default`])
      })
    }
    await sleep(1_000)
  }
  daemon.kill()
  return 'dockerd does not start'
}

function engineOf(env: NodeJS.ProcessEnv, stop: () => Promise<void>): Engine {
  const run = (program: string, args: readonly string[]): string =>
    execFileSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  return { env, run, stop }
}

function answers(env: NodeJS.ProcessEnv): boolean {
  return spawnSync('docker', ['info', '--format', '{{.ServerVersion}}'], { env }).status === 0
}

function isThere(program: string): boolean {
  return spawnSync('which', [program]).status === 0
}
