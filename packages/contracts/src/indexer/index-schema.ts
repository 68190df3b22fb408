/** Version of the tables and of the checkpoints in them; an index of another version is built anew from the chain. */
export const INDEX_VERSION = 1

/** Events as the chain gave them, the blocks they came in, and the state at some of those blocks. Amounts stay inside `data`. */
export const INDEX_SCHEMA = `
  CREATE TABLE owner (text TEXT NOT NULL) STRICT;

  CREATE TABLE block (
    number INTEGER PRIMARY KEY CHECK (number >= 0),
    hash TEXT NOT NULL CHECK (length(hash) = 66),
    time INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE event (
    block INTEGER NOT NULL REFERENCES block (number) ON DELETE CASCADE,
    log_index INTEGER NOT NULL CHECK (log_index >= 0),
    "transaction" TEXT NOT NULL,
    address TEXT NOT NULL,
    topics TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (block, log_index)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX event_of ON event (address, block, log_index);

  CREATE TABLE checkpoint (
    block INTEGER PRIMARY KEY REFERENCES block (number) ON DELETE CASCADE,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    state BLOB NOT NULL
  ) STRICT;
`
