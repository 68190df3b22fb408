import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { SettingTable } from '../journal/settings.ts'

const HOLDER_SETTING = 'lease-holder'
const HOLDER_BYTES = 32
const holderSchema = z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{64}$/)])

/**
 * Name of a data directory's aggregator in leases, drawn once: leader and standby act for the same account and with the same peer key,
 * and a copy of a directory is told from it by the term.
 */
export function holderOf(journal: Pick<SettingTable, 'setting' | 'setSetting'>): `0x${string}` {
  const known = journal.setting(HOLDER_SETTING)
  if (known !== undefined) return holderSchema.parse(known)
  const holder = `0x${randomBytes(HOLDER_BYTES).toString('hex')}` as const
  journal.setSetting(HOLDER_SETTING, holder)
  return holder
}
