import { homedir } from 'node:os'
import path from 'node:path'

/**
 * Where `engine install` puts engines: FEDNODE_ENGINES, the XDG data directory, or ~/.local/share (XDG Base Directory 0.8). Always of this
 * user: what lies there is run.
 */
export function engineDirectory(env: Readonly<Record<string, string | undefined>>): string {
  const { FEDNODE_ENGINES: own = '', XDG_DATA_HOME: xdg = '', HOME: home = '' } = env
  if (own !== '') return path.resolve(own)
  const data = path.isAbsolute(xdg)
    ? xdg
    : path.join(path.isAbsolute(home) ? home : homedir(), '.local', 'share')
  return path.join(data, 'fednode', 'engines')
}
