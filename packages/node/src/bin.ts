#!/usr/bin/env node
import process from 'node:process'
import { setNativeDefaults } from './engines/native-defaults.ts'
import { cacheCode } from './runtime/cache-code.ts'
import { drained } from './runtime/drained.ts'
import { createLifecycle } from './runtime/lifecycle.ts'
import { limitYoungGeneration } from './runtime/limit-young-generation.ts'

// The only file that touches the process: everything below gets what it needs handed in.
cacheCode(process.env)
setNativeDefaults(process.env)
// Loaded after it, so that their code is cached as well.
const { commandTree } = await import('./commands/command-tree.ts')
const { main } = await import('./main.ts')
// After it as well: loading makes much short-lived garbage, and is faster with the room that it takes.
limitYoungGeneration()
const lifecycle = createLifecycle({
  process,
  exit: (code) => process.exit(code),
  dieWithParent: process.env.FEDNODE_PARENT === '1',
})
const code = await main(process.argv.slice(2), commandTree, {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  isTty: {
    stdin: process.stdin.isTTY === true,
    stdout: process.stdout.isTTY === true,
    stderr: process.stderr.isTTY === true,
  },
  ...(process.stdout.isTTY === true ? { columns: process.stdout.columns } : {}),
  env: { ...process.env },
  cwd: process.cwd(),
  signal: lifecycle.signal,
  now: Date.now,
})
await Promise.all([drained(process.stdout), drained(process.stderr)])
process.exit(code)
