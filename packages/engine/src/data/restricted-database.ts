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

/** The same for a query: it reads what it was allowed to. */
export type QueryDatabase = Omit<RestrictedDatabase, 'link'>

/** What a database may read. */
type Allowed = { readonly paths: readonly string[]; readonly directories: readonly string[] }

/** DuckDB's own buffers, in its notation; a silo has 350 MB for everything. */
const MEMORY_LIMIT = '128MB'

/**
 * Opens DuckDB for one file (T26): no other file, no network, no extension loaded or installed, settings locked. The file is reached
 * through a symbolic link, because DuckDB takes *, ? and [ in a file's name for a pattern.
 */
export async function openRestrictedDatabase(path: string): Promise<RestrictedDatabase> {
  const linkIn = (directory: string): string => join(directory, 'file')
  const { directory, ...database } = await openWith(async (own) => {
    await symlink(path, linkIn(own))
    return { paths: [linkIn(own)], directories: [] }
  })
  return { ...database, link: linkIn(directory) }
}

/** Opens DuckDB for the files and folders that a query names; all else as openRestrictedDatabase. */
export async function openQueryDatabase(allowed: Allowed): Promise<QueryDatabase> {
  const { directory: _, ...database } = await openWith(async () => allowed)
  return database
}

/** With a directory that only its owner may read, which goes when the database is closed: a sort or a join puts rows there (T42). */
async function openWith(
  allowedWith: (directory: string) => Promise<Allowed>,
): Promise<QueryDatabase & { readonly directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'fednode-data-'))
  const removeDirectory = (): Promise<void> => rm(directory, { recursive: true, force: true })
  try {
    const { connection, closeDatabase } = await openFor(await allowedWith(directory), directory)
    const close = (): Promise<void> => {
      closeDatabase()
      return removeDirectory()
    }
    return { connection, directory, close }
  } catch (error) {
    await removeDirectory()
    throw error
  }
}

async function openFor({ paths, directories }: Allowed, scratch: string) {
  // Loaded when the first table is: the library takes 30 MB, which silos with arrays do not need.
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: MEMORY_LIMIT,
    // Else it is .tmp where the process was started, for everybody to read.
    temp_directory: scratch,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  })
  const connection = await instance.connect()
  await connection.run(`SET allowed_paths = [${listOf(paths)}]`)
  await connection.run(`SET allowed_directories = [${listOf(directories)}]`)
  await connection.run('SET enable_external_access = false')
  await connection.run('SET lock_configuration = true')
  const closeDatabase = (): void => {
    connection.closeSync()
    instance.closeSync()
  }
  return { connection, closeDatabase }
}

function listOf(texts: readonly string[]): string {
  return texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ')
}
