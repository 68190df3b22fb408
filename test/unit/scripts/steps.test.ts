import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runSteps, type Step } from '../../../scripts/steps.ts'

let directory = ''
let printed = ''
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'fednode-steps-'))
  printed = ''
  const keep = (text: Uint8Array | string): boolean => {
    printed += typeof text === 'string' ? text : Buffer.from(text).toString()
    return true
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(keep)
  vi.spyOn(process.stderr, 'write').mockImplementation(keep)
  vi.spyOn(console, 'error').mockImplementation((line: string) => keep(`${line}\n`))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(directory, { recursive: true, force: true })
})

function nodeStep(title: string, program: string): Step {
  return { title, command: ['node', '-e', `const fs = require('fs'); ${program}`] }
}

test('steps run side by side, and what they print comes in their order', async () => {
  const file = JSON.stringify(path.join(directory, 'second-has-ended'))
  const waits = `console.log('one'); const timer = setInterval(() => {
    if (fs.existsSync(${file})) { console.error('two'); clearInterval(timer) }
  }, 5)`
  const failed = await runSteps([
    { ...nodeStep('first', waits), background: true },
    nodeStep('second', `console.log('three'); fs.writeFileSync(${file}, '')`),
  ])
  expect(failed).toEqual([])
  expect(printed).toBe('\n> first\none\ntwo\n\n> second\nthree\n')
})

test('a step that fails, or is no program at all, leaves the others to their end and is named', async () => {
  const failed = await runSteps([
    nodeStep('breaks', `console.log('broken'); process.exitCode = 3`),
    { title: 'missing', command: ['no-such-program'] },
    nodeStep('works', `console.log('done')`),
  ])
  expect(failed).toEqual(['breaks', 'missing'])
  expect(printed).toContain('> breaks\nbroken\n')
  expect(printed).toContain('ENOENT')
  expect(printed).toContain('> works\ndone\n')
})
