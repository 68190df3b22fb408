import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { openDatabase } from '@fednode/aggregator'

const FOLDER = 'sale'
const FILE = 'vouchers.sqlite'
/** For the owner only (T42). */
const FOLDER_MODE = 0o700
const MIGRATIONS = [
  `CREATE TABLE taken (
     chain INTEGER NOT NULL, market TEXT NOT NULL, listing TEXT NOT NULL, buyer TEXT NOT NULL, epoch INTEGER NOT NULL,
     uses INTEGER NOT NULL, amount TEXT NOT NULL, signature TEXT NOT NULL, request BLOB NOT NULL,
     redeemed TEXT NOT NULL DEFAULT '0',
     PRIMARY KEY (chain, market, listing, buyer, epoch)
   ) STRICT;
   CREATE TABLE given (
     chain INTEGER NOT NULL, market TEXT NOT NULL, listing TEXT NOT NULL, buyer TEXT NOT NULL, epoch INTEGER NOT NULL,
     uses INTEGER NOT NULL, amount TEXT NOT NULL,
     PRIMARY KEY (chain, market, listing, buyer, epoch)
   ) STRICT`,
]

/** Which market of which chain a voucher is for. */
export type SalePlace = { readonly chainId: number; readonly market: `0x${string}` }

/** Where a data directory keeps its vouchers; made when it is not there. */
export function saleFolder(directory: string): string {
  const folder = path.join(directory, FOLDER)
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE })
  return folder
}

/** The vouchers that a data directory has taken and given. @throws {JournalError} as openDatabase. */
export function openSaleDatabase(directory: string): DatabaseSync {
  return openDatabase(path.join(saleFolder(directory), FILE), { migrations: MIGRATIONS })
}
