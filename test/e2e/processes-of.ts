import { readdir, readFile, readlink } from 'node:fs/promises'

/** A running process. */
export type RunningProcess = { readonly pid: number; readonly command: string }

/**
 * All running processes of one run: those whose command line names its directory or whose working directory lies in it. Anvil and its
 * guard inherit the working directory. Linux only.
 */
export async function processesOf(directory: string): Promise<readonly RunningProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const found = await Promise.all(pids.map((pid) => lookAt(pid)))
  return found.filter(
    (one) =>
      one !== undefined && (one.command.includes(directory) || one.cwd.startsWith(directory)),
  ) as readonly RunningProcess[]
}

async function lookAt(pid: number): Promise<(RunningProcess & { cwd: string }) | undefined> {
  try {
    const state = await readFile(`/proc/${pid}/stat`, 'utf8')
    // A zombie is dead; only its parent has not noticed.
    if (/\) [ZX] /.test(state)) return undefined
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim()
    return { pid, command, cwd: await readlink(`/proc/${pid}/cwd`) }
  } catch {
    // It ended while we looked.
    return undefined
  }
}
