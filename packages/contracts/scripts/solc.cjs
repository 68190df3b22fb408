#!/usr/bin/env node
// Stand-in for a native solc: forge runs it as one, and it asks the npm (wasm) compiler. Nothing is downloaded.
const { readFileSync, writeSync } = require('node:fs')
const solc = require('solc')

// forge parses the version as a native compiler prints it: no "Emscripten.clang" suffix.
const version = solc.version().replace('Emscripten.clang', 'Linux.g++')

/** A pipe takes a large answer in pieces, and process.stdout.write is cut short by an exit. */
function print(text) {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest))
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
  }
}

if (process.argv.includes('--version')) {
  print(`solc, the solidity compiler commandline interface\nVersion: ${version}\n`)
} else if (process.argv.includes('--standard-json')) {
  print(solc.compile(readFileSync(0, 'utf8')))
} else {
  print('solc.cjs answers --version and --standard-json only\n')
  process.exitCode = 1
}
