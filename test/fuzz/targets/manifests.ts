import {
  decodeManifest,
  encodeManifest,
  formatManifestYaml,
  parseManifestYaml,
} from '../../../packages/protocol/src/index.ts'
import { MANIFEST, TABLE_MANIFEST } from '../../../packages/protocol/test/unit/sample-manifest.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { textBytes, textOf } from '../text-bytes.ts'

const MAX_BYTES = 32 * 1_048_576

const BOMB = 'a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n'

/** What a silo is asked to approve. */
export const manifestTargets: readonly FuzzTarget[] = [
  {
    name: 'manifest in CBOR',
    corpus: [MANIFEST, TABLE_MANIFEST].map((manifest) => encodeManifest(manifest).bytes),
    parse: (bytes) => decodeManifest(bytes) !== undefined,
    maxBytes: MAX_BYTES,
  },
  {
    name: 'manifest in YAML',
    corpus: textBytes(
      ...[MANIFEST, TABLE_MANIFEST].map((manifest) => formatManifestYaml(manifest)),
      BOMB,
    ),
    parse: (bytes) => parseManifestYaml(textOf(bytes), 'federation.yaml') !== undefined,
    maxBytes: MAX_BYTES,
  },
]
