import { readFileSync } from 'node:fs'

/** Version of this program, from its package.json. */
export function readVersion(): string {
  const url = new URL('../../package.json', import.meta.url)
  const manifest: unknown = JSON.parse(readFileSync(url, 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown'
}
