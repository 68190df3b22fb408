import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inferData, loadDataset } from '../../../packages/engine/src/index.ts'
import { loadConfig } from '../../../packages/node/src/config/load-config.ts'
import { parseKeystore } from '../../../packages/node/src/identity/keystore/parse-keystore.ts'
import type { TabularData } from '../../../packages/protocol/src/index.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { textBytes, textOf } from '../text-bytes.ts'

const MAX_BYTES = 64 * 1_048_576
const FILE_RUNS = 1_500

const TABLE = 'age,sex,ill\n54,female,yes\n61.5,male,no\n,"female",yes\n"62",male,no\n'
const DATA: TabularData = {
  kind: 'table',
  columns: [
    { name: 'age', type: 'number', unit: 'years', missing: [''] },
    { name: 'sex', type: 'category', categories: ['female', 'male'] },
  ],
  label: { column: 'ill', classes: ['no', 'yes'] },
  missingRows: 'drop',
}
const KEYSTORE = {
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
    ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
    kdf: 'pbkdf2',
    kdfparams: {
      c: 262_144,
      dklen: 32,
      prf: 'hmac-sha256',
      salt: 'ae3cd4e7013836a3df6bd7241b12db06',
    },
    mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
  },
  id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
  version: 3,
}

/** Files that somebody else may have written. */
export const fileTargets: readonly FuzzTarget[] = [
  {
    name: 'CSV by the schema',
    corpus: textBytes(TABLE, TABLE.replaceAll('\n', '\r\n'), TABLE.replaceAll(',', ';')),
    parse: (bytes) =>
      inFile(
        'rows.csv',
        bytes,
        async (file) => (await loadDataset(file, DATA)).dataset !== undefined,
      ),
    maxBytes: MAX_BYTES,
    runs: FILE_RUNS,
  },
  {
    name: 'CSV header and columns',
    corpus: textBytes(TABLE, `\ufeff${TABLE}`),
    parse: (bytes) =>
      inFile(
        'rows.csv',
        bytes,
        async (file) => (await inferData(file, { label: 'ill' })) !== undefined,
      ),
    maxBytes: MAX_BYTES,
    runs: FILE_RUNS,
  },
  {
    name: 'config.yaml',
    corpus: textBytes(
      'rpc: http://127.0.0.1:8545\nchainId: 31337\n',
      'orchestrator: "0x92479a7f86661a7964d1A40BDf5FeA1D1eed70f6"\nlisten: /ip4/0.0.0.0/tcp/4001\n',
    ),
    parse: (bytes) =>
      inFile('config.yaml', bytes, async (file) => {
        const { values } = await loadConfig(path.dirname(file))
        return Object.keys(values).length > 0
      }),
    maxBytes: MAX_BYTES,
    runs: FILE_RUNS,
  },
  {
    name: 'keystore',
    corpus: textBytes(JSON.stringify(KEYSTORE)),
    parse: (bytes) => parseKeystore(textOf(bytes), 'key.json') !== undefined,
    maxBytes: MAX_BYTES,
  },
]

async function inFile<T>(
  name: string,
  bytes: Uint8Array,
  read: (file: string) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(path.join(tmpdir(), 'fednode-fuzz-'))
  try {
    const file = path.join(directory, name)
    await writeFile(file, bytes)
    return await read(file)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
