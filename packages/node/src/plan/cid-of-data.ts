import { dataParts, isQuery } from '@fednode/engine'
import { type Cid, cidOfBytes, type DataSpec, UserError } from '@fednode/protocol'
import { cidOfFile } from './cid-of-file.ts'

/**
 * What names held-out rows: the CID of their file; of IDX with labels and of a folder of pictures, the CID (raw codec) of a text with one
 * line `CID name` for each file, in the order of dataParts. Another label or another folder of a picture makes another CID.
 * @throws {UserError} data: HELD_OUT_QUERY; as dataParts and cidOfFile.
 */
export async function cidOfData(source: string, data: DataSpec): Promise<Cid> {
  if (isQuery(source)) throw noQuery()
  const parts = await dataParts(source, data)
  if (parts === undefined) return cidOfFile(source)
  const lines: string[] = []
  for (const { name, path } of parts) lines.push(`${await cidOfFile(path)} ${name}\n`)
  return cidOfBytes(new TextEncoder().encode(lines.join('')))
}

function noQuery(): UserError {
  return new UserError('data', 'held-out rows are a file, and not what a query gives each time', {
    code: 'HELD_OUT_QUERY',
    hint: 'Write its rows to a file first, or let  --silos COLUMN  hold rows out of what it gives.',
  })
}
