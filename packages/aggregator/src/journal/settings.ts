import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

const ON = '1'

/** Small facts by name. */
export type SettingTable = {
  setting(key: string): string | undefined
  setSetting(key: string, value: string): void
  /** Whether the operator asked for a pause; another process may change it at any time. */
  isPaused(): boolean
  setPaused(paused: boolean): void
  /** Highest term that this directory's aggregator led, or knows to have been led; 0 before the first. */
  term(): number
}

export function createSettingTable(database: DatabaseSync): SettingTable {
  const get = database.prepare('SELECT value FROM setting WHERE key = ?')
  const set = database.prepare(
    'INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  const setting = (key: string): string | undefined =>
    z.string().optional().parse(get.get(key)?.value)
  const setSetting = (key: string, value: string): void => {
    set.run(key, value)
  }
  return {
    setting,
    setSetting,
    isPaused: () => setting('paused') === ON,
    setPaused: (paused) => setSetting('paused', paused ? ON : '0'),
    term: () =>
      z.coerce
        .number()
        .int()
        .parse(setting('term') ?? '0'),
  }
}
