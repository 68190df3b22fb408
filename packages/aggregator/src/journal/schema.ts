/** Migrations of the aggregator's journal; the n-th brings version n to n + 1. */
export const JOURNAL_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE round (
    round INTEGER PRIMARY KEY CHECK (round >= 1),
    state TEXT NOT NULL CHECK (state IN ('open', 'closing', 'closed')),
    base_cid TEXT NOT NULL,
    base_size INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    deadline INTEGER NOT NULL,
    record TEXT
  ) STRICT;

  CREATE TABLE accepted_update (
    round INTEGER NOT NULL REFERENCES round (round),
    silo TEXT NOT NULL,
    cid TEXT NOT NULL,
    size INTEGER NOT NULL,
    samples INTEGER NOT NULL,
    train_ms INTEGER NOT NULL,
    loss_micros INTEGER NOT NULL,
    fetch_ms INTEGER NOT NULL,
    announcement BLOB NOT NULL,
    receipt BLOB NOT NULL,
    PRIMARY KEY (round, silo)
  ) STRICT;

  CREATE TABLE refusal (
    round INTEGER NOT NULL,
    peer TEXT NOT NULL,
    cid TEXT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (round, peer, cid)
  ) STRICT;

  CREATE TABLE chain_task (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    round INTEGER NOT NULL,
    step TEXT NOT NULL,
    payload TEXT NOT NULL,
    done INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    hash TEXT,
    gas INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0,
    voided INTEGER NOT NULL DEFAULT 0,
    UNIQUE (round, step)
  ) STRICT;
  `,
  // A round's randomness; one that an older version left open draws its secret here, without a block.
  `
  ALTER TABLE round ADD COLUMN reveal BLOB;
  ALTER TABLE round ADD COLUMN block_number INTEGER;
  ALTER TABLE round ADD COLUMN block_hash BLOB;
  ALTER TABLE round ADD COLUMN block_is_head INTEGER;
  UPDATE round SET reveal = randomblob(32), block_number = 0, block_hash = zeroblob(32), block_is_head = 0;
  CREATE INDEX accepted_update_by_cid ON accepted_update (cid);
  CREATE TABLE update_values (
    round INTEGER NOT NULL,
    silo TEXT NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (round, silo)
  ) STRICT;
  CREATE INDEX update_values_by_digest ON update_values (digest);
  `,
  'CREATE TABLE arrival (round INTEGER NOT NULL, silo TEXT NOT NULL, ms INTEGER NOT NULL, PRIMARY KEY (round, silo)) STRICT',
  'ALTER TABLE round ADD COLUMN sample TEXT',
  // Before round 1: what each silo sent, and what came of it.
  `
  CREATE TABLE accepted_statistics (
    silo TEXT PRIMARY KEY,
    cid TEXT NOT NULL,
    size INTEGER NOT NULL,
    samples INTEGER NOT NULL,
    announcement BLOB NOT NULL,
    receipt BLOB NOT NULL
  ) STRICT;
  CREATE TABLE preprocessing (id INTEGER PRIMARY KEY CHECK (id = 1), cid TEXT NOT NULL, size INTEGER NOT NULL) STRICT;
  `,
]
