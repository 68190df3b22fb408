import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createAllianceJournal } from '../../../src/alliance/alliance-journal.ts'
import { findFederation, findScenario, keptScenarios } from '../../../src/runtime/find-scenario.ts'
import { keptPlace } from '../../../src/voting/kept-place.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const FEDERATION = `0x${'f0'.repeat(20)}` as const
const ALLIANCE = `0x${'a1'.repeat(20)}` as const
const TASK = `0x${'a2'.repeat(20)}` as const

/** A data directory of one federation, and of what a test adds. */
function dataDirectory() {
  const data = temporaryDirectory()
  const make = (scope: string) => {
    const directory = path.join(data, 'scenarios', scope)
    mkdirSync(directory, { recursive: true })
    return directory
  }
  make(FEDERATION)
  return { data, make }
}

it('an alliance that nobody agreed to is not kept', () => {
  const { data, make } = dataDirectory()
  const journal = createAllianceJournal(path.join(make(ALLIANCE), 'alliance.sqlite'))
  expect(keptScenarios(data).map(({ scenario }) => scenario)).toEqual([FEDERATION])
  expect(findScenario(data).scenario).toBe(FEDERATION)
  expect(() => findScenario(data, 'alliance:1')).toThrow('keeps nothing of alliance:1')
  const account = { address: `0x${'cd'.repeat(20)}` }
  journal.savePlace(keptPlace('alliance:1', 'alliance', account), Uint8Array.of(1))
  journal.close()
  expect(findScenario(data, 'alliance:1').scenario).toBe(ALLIANCE)
  expect(() => findScenario(data)).toThrow(
    expect.objectContaining({
      message: `${data} keeps 2 runs`,
      info: expect.objectContaining({
        hint: `Give one of these, as --scenario or as the argument scenario: ${ALLIANCE} (alliance:1), ${FEDERATION}`,
      }),
    }),
  )
})

it('a federation is found though the journal of a task beside it is damaged', () => {
  const { data, make } = dataDirectory()
  writeFileSync(path.join(make(TASK), 'arena.sqlite'), 'no database')
  expect(findFederation(data).scenario).toBe(FEDERATION)
  expect(() => findScenario(data)).toThrow('arena.sqlite')
})
