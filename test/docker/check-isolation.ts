import assert from 'node:assert/strict'
import type { Composed } from './composed.ts'

/** Tries to connect for 2 s; prints what came of it. */
const KNOCK = `
  const [host, port] = process.argv.slice(1)
  const socket = require('node:net').connect({ host, port: Number(port), timeout: 2000 })
  const say = (text) => { console.log(text); process.exit() }
  socket.on('connect', () => say('connected')).on('timeout', () => say('timeout')).on('error', ({ code }) => say(code))`

/** What Prometheus does from its container. */
const SCRAPE = `
  const token = require('node:fs').readFileSync('/plan/metrics-token', 'utf8').trim()
  fetch('http://silo-a:9464/metrics', { headers: { authorization: 'Bearer ' + token } })
    .then((response) => response.text()).then(console.log)`

/**
 * Looks from inside of a silo: who it is, what it may write, whom it reaches (T48); and at what the engine knows of it.
 * @returns how many checks were made. @throws {AssertionError}
 */
export function checkIsolation({ inside, inspect, isInternal }: Composed): number {
  const silo = (...command: readonly string[]) => inside('silo-a', ...command)
  const knock = (host: string, port: number): string =>
    silo('node', '-e', KNOCK, host, String(port)).output.trim()
  const addressOf = (service: string): string =>
    inspect(service, '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}').split(' ')[0] ??
    ''

  assert.equal(silo('id', '-u').output.trim(), '1000')
  assert.notEqual(silo('touch', '/opt/fednode/x').code, 0, 'the root file system can be written to')
  assert.notEqual(silo('touch', '/rows/silo-a.csv').code, 0, 'the rows can be written to')
  assert.match(silo('grep', 'CapEff', '/proc/self/status').output, /CapEff:\s+0+\n/)
  assert.match(silo('grep', 'NoNewPrivs', '/proc/self/status').output, /\s1\n/)
  assert.equal(knock('aggregator', 4001), 'connected')
  assert.equal(knock('chain', 8545), 'connected')
  assert.notEqual(knock('silo-c', 4001), 'connected', 'a silo reaches another by name')
  assert.notEqual(knock(addressOf('silo-c'), 4001), 'connected', 'a silo reaches another')
  assert.equal(isInternal('silo-a'), true, 'there is a way out of the network of a silo')
  const unasked = silo(
    'node',
    '-e',
    "fetch('http://127.0.0.1:9464/metrics').then(({ status }) => console.log(status))",
  )
  assert.equal(unasked.output.trim(), '401', 'metrics are open to other containers')
  const scraped = inside('aggregator', 'node', '-e', SCRAPE)
  assert.match(scraped.output, /^fednode_round_opened_total \d+$/m)
  return 12
}
