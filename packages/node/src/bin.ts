#!/usr/bin/env node
import process from 'node:process'
import { commandTree } from './commands/command-tree.ts'
import { main } from './main.ts'
import { createLifecycle } from './runtime/lifecycle.ts'

// The only file that touches the process: everything below gets what it needs handed in.
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
  env: { ...process.env },
  cwd: process.cwd(),
  signal: lifecycle.signal,
  now: Date.now,
})
process.exit(code)
