import process from 'node:process'
import { ESTIMATORS } from '../../src/contribution/estimators.ts'
import { estimateGame, federatedUtilities, gameOf } from './games.ts'

/** Every method's estimate of one game as JSON: run as a process of its own, to be compared with another process. */
const estimates: Record<string, unknown> = {}
for (const name of Object.keys(ESTIMATORS) as (keyof typeof ESTIMATORS)[])
  estimates[name] = await estimateGame(name, gameOf(federatedUtilities(8, 9)))
process.stdout.write(JSON.stringify(estimates))
