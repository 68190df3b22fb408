import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'

/** An in-memory DuckDB that can read one file, at `link`, and nothing else. */
export type RestrictedDatabase = {
  readonly connection: DuckDBConnection
  /** The file under a name without meaning to SQL or globbing; pass it as a parameter. */
  readonly link: string
  close(): Promise<void>
}

/** DuckDB's own buffers, in its notation; a silo has 350 MB for everything. */
const MEMORY_LIMIT = '128MB'

/**
 * Opens DuckDB for one file (T26): no other file, no network, no extension loaded or installed, settings locked. The file is reached
 * through a symbolic link, because DuckDB takes *, ? and [ in a file's name for a pattern.
 */
export async function openRestrictedDatabase(path: string): Promise<RestrictedDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'fednode-data-'))
  const removeDirectory = (): Promise<void> => rm(directory, { recursive: true, force: true })
  const link = join(directory, 'file')
  try {
    await symlink(path, link)
    const { connection, closeDatabase } = await openFor(link)
    const close = (): Promise<void> => {
      closeDatabase()
      return removeDirectory()
    }
    return { connection, link, close }
  } catch (error) {
    await removeDirectory()
    throw error
  }
}

async function openFor(link: string) {
  // Loaded when the first table is: the library takes 30 MB, which silos with arrays do not need.
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: MEMORY_LIMIT,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  })
  const connection = await instance.connect()
  await connection.run(`SET allowed_paths = ['${link.replaceAll("'", "''")}']`)
  await connection.run('SET enable_external_access = false')
  await connection.run('SET lock_configuration = true')
  const closeDatabase = (): void => {
    connection.closeSync()
    instance.closeSync()
  }
  return { connection, closeDatabase }
}
