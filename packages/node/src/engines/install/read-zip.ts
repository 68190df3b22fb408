import { createReadStream, createWriteStream } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'
import { UserError } from '@fednode/protocol'

/** One file in a ZIP archive. */
export type ZipEntry = {
  readonly name: string
  readonly method: number
  readonly compressedSize: number
  readonly size: number
  /** Where its local header begins. */
  readonly offset: number
}

/** An archive that is read in place. */
export type ZipArchive = {
  readonly entries: readonly ZipEntry[]
  /** Writes one file; its folder is made. @throws {UserError} data BAD_ARCHIVE. */
  extract(entry: ZipEntry, to: string): Promise<void>
  close(): Promise<void>
}

// Offsets and marks of APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
const END = { mark: 0x06054b50, size: 22, count: 10, length: 12, offset: 16, maxComment: 65_535 }
const HEADER = { mark: 0x02014b50, size: 46 }
const LOCAL = { mark: 0x04034b50, size: 30, nameLength: 26, extraLength: 28 }
const METHOD = { stored: 0, deflated: 8 }
/** What a field holds whose value is in a ZIP64 record. */
const ZIP64 = 0xffffffff

/**
 * Opens a ZIP archive of up to 4 GiB, such as a Python wheel.
 * @throws {UserError} data BAD_ARCHIVE.
 */
export async function openZip(file: string): Promise<ZipArchive> {
  const handle = await open(file, 'r')
  try {
    const entries = parseEntries(await readDirectory(handle, file), file)
    return {
      entries,
      extract: (entry, to) => extract(handle, { entry, to, file }),
      close: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function readDirectory(handle: FileHandle, file: string): Promise<Buffer> {
  const { size } = await handle.stat()
  const tail = await readAt(handle, {
    at: Math.max(0, size - END.size - END.maxComment),
    length: Math.min(size, END.size + END.maxComment),
  })
  const mark = Buffer.alloc(4)
  mark.writeUInt32LE(END.mark)
  const end = tail.lastIndexOf(mark)
  if (end < 0 || tail.length - end < END.size) throw bad(file, 'it has no table of contents')
  const length = tail.readUInt32LE(end + END.length)
  const offset = tail.readUInt32LE(end + END.offset)
  if (offset === ZIP64 || offset + length > size) throw bad(file, 'its end is missing')
  return await readAt(handle, { at: offset, length })
}

function parseEntries(directory: Buffer, file: string): readonly ZipEntry[] {
  const entries: ZipEntry[] = []
  for (let at = 0; at + HEADER.size <= directory.length; ) {
    if (directory.readUInt32LE(at) !== HEADER.mark) throw bad(file, 'its contents are damaged')
    const [nameLength, extra, comment] = [28, 30, 32].map((field) =>
      directory.readUInt16LE(at + field),
    ) as [number, number, number]
    const name = directory.toString('utf8', at + HEADER.size, at + HEADER.size + nameLength)
    entries.push({
      name,
      method: directory.readUInt16LE(at + 10),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    })
    at += HEADER.size + nameLength + extra + comment
  }
  return entries
}

async function extract(
  handle: FileHandle,
  { entry, to, file }: { readonly entry: ZipEntry; readonly to: string; readonly file: string },
): Promise<void> {
  const local = await readAt(handle, { at: entry.offset, length: LOCAL.size })
  if (local.length < LOCAL.size || local.readUInt32LE(0) !== LOCAL.mark)
    throw bad(file, `${entry.name} is not where it should be`)
  const lengths = local.readUInt16LE(LOCAL.nameLength) + local.readUInt16LE(LOCAL.extraLength)
  const start = entry.offset + LOCAL.size + lengths
  await mkdir(path.dirname(to), { recursive: true })
  const target = createWriteStream(to)
  if (entry.compressedSize === 0) return void (await pipeline([], target))
  // Not of the handle, which would gather a listener for each.
  const source = createReadStream(file, { start, end: start + entry.compressedSize - 1 })
  if (entry.method === METHOD.stored) await pipeline(source, target)
  else if (entry.method === METHOD.deflated) await inflate(source, { target, file, entry })
  else throw bad(file, `${entry.name} is compressed with method ${entry.method}`)
  if (target.bytesWritten !== entry.size) throw bad(file, `${entry.name} is cut off`)
}

async function inflate(
  source: NodeJS.ReadableStream,
  to: {
    readonly target: NodeJS.WritableStream
    readonly file: string
    readonly entry: ZipEntry
  },
): Promise<void> {
  try {
    await pipeline(source, createInflateRaw(), to.target)
  } catch (cause) {
    const isDamage = cause instanceof Error && 'code' in cause && /^Z_/.test(String(cause.code))
    throw isDamage ? bad(to.file, `${to.entry.name} is damaged`) : cause
  }
}

async function readAt(
  handle: FileHandle,
  { at, length }: { readonly at: number; readonly length: number },
): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at)
  return buffer.subarray(0, bytesRead)
}

function bad(file: string, reason: string): UserError {
  return new UserError('data', `${file} is no archive that can be read: ${reason}`, {
    code: 'BAD_ARCHIVE',
    hint: 'Fetch it again.',
  })
}
