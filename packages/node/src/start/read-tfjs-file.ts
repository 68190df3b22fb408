import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { FedError, type NamedTensor, parseStrictJson, sizeOf } from '@fednode/protocol'
import { z } from 'zod'
import { badStart } from './bad-start.ts'
import type { StartFile } from './start-file.ts'
import { tfjsTopology } from './tfjs-topology.ts'

const F32_BYTES = 4

const length = z.int().min(1)
const schema = z.object({
  modelTopology: z.unknown(),
  weightsManifest: z
    .array(
      z.object({
        paths: z.array(z.string()),
        weights: z.array(
          z.object({
            name: z.string(),
            shape: z.array(length),
            dtype: z.literal('float32'),
            quantization: z.never().optional(),
          }),
        ),
      }),
    )
    .min(1),
})

type Document = z.infer<typeof schema>

/**
 * Reads model.json in the layers format of TensorFlow.js (`LayersModel.save`), and the weights that lie beside it.
 * @throws {UserError} usage FILE_MISSING; data BAD_START.
 */
export async function readTfjsFile(
  bytes: Uint8Array,
  { file, shown }: { readonly file: string; readonly shown: string },
): Promise<StartFile> {
  const { modelTopology, weightsManifest } = parse(bytes, shown)
  checkOnce(weightsManifest, shown)
  const tensors: NamedTensor[] = []
  for (const { paths, weights } of weightsManifest)
    tensors.push(...cut(weights, await readAll(paths, { file, shown }), shown))
  return { shown, tensors, names: 'foreign', topology: tfjsTopology(modelTopology, shown) }
}

function parse(bytes: Uint8Array, shown: string): Document {
  let value: unknown
  try {
    value = parseStrictJson(new TextDecoder().decode(bytes))
  } catch (cause) {
    if (!(cause instanceof FedError)) throw cause
    throw badStart(`${shown}: ${cause.message}`, { cause })
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = (issue?.path ?? []).map(String).join('.')
  throw badStart(
    `${shown}: ${where}: no layers model of TensorFlow.js with float32 weights (${issue?.message})`,
  )
}

/** However long its list is, no more is read than lies beside it. */
function checkOnce(manifest: Document['weightsManifest'], shown: string): void {
  const names = manifest.flatMap(({ paths }) => paths)
  const seen = new Set<string>()
  const again = names.find((name) => seen.size === seen.add(name).size)
  if (again !== undefined) throw badStart(`${shown}: names its weights in "${again}" twice`)
}

/** The groups of one entry lie one after the other in its files. */
async function readAll(
  paths: readonly string[],
  { file, shown }: { readonly file: string; readonly shown: string },
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for (const name of paths) {
    // A model may come from anywhere: what it names lies beside it, and nowhere else.
    if (name !== path.basename(name) || name.startsWith('.'))
      throw badStart(`${shown}: weights in "${name}", which is not a file beside it`)
    parts.push(
      await readFile(path.join(path.dirname(file), name)).catch((cause: unknown) => {
        throw badStart(`${shown}: its weights in ${name} cannot be read`, {
          code: 'FILE_MISSING',
          cause,
        })
      }),
    )
  }
  return Buffer.concat(parts)
}

function cut(
  weights: Document['weightsManifest'][number]['weights'],
  bytes: Uint8Array,
  shown: string,
): readonly NamedTensor[] {
  const needed = weights.reduce((sum, { shape }) => sum + F32_BYTES * sizeOf(shape), 0)
  if (bytes.length !== needed)
    throw badStart(`${shown}: its weights have ${bytes.length} bytes, its shapes ask for ${needed}`)
  let begin = 0
  return weights.map(({ name, shape }) => {
    const end = begin + F32_BYTES * sizeOf(shape)
    const tensor = { name, dtype: 'F32', shape, bytes: bytes.subarray(begin, end) } as const
    begin = end
    return tensor
  })
}
