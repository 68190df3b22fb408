import { homedir } from 'node:os'
import path from 'node:path'

/**
 * Where fednode keeps what it can make again: FEDNODE_CACHE, the XDG cache directory, or ~/.cache (XDG Base Directory 0.8). Always of this
 * user: never the shared temporary directory, where others could plant code.
 */
export function cacheDirectory(env: Readonly<Record<string, string | undefined>>): string {
  const { FEDNODE_CACHE: own = '', XDG_CACHE_HOME: xdg = '', HOME: home = '' } = env
  if (own !== '') return path.resolve(own)
  if (path.isAbsolute(xdg)) return path.join(xdg, 'fednode')
  return path.join(path.isAbsolute(home) ? home : homedir(), '.cache', 'fednode')
}
