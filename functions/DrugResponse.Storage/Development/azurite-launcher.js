'use strict';

// What node runs in place of Azurite's own script, which is its first argument. Azurite shuts down in order when standard input closes: the
// operating system closes it when the parent is gone. An interrupt typed into the terminal reaches the whole process group; it is left to
// the parent, which still writes while it shuts down.

const fs = require('fs');
const path = require('path');
const v8 = require('v8');

const script = process.argv[1];
const TABLES = '__azurite_db_table__.json';

const once = process.once.bind(process);
process.once = (name, handler) => name === 'SIGINT' ? process : once(name, handler);
process.on('SIGINT', () => {});
process.stdin.on('close', () => {
  if (!process.emit('SIGTERM')) process.exit(0);
  setTimeout(() => process.exit(0), 5000).unref();
}).resume();

// Azurite keeps its tables in Loki, and Loki writes all of them as one JSON string every few seconds. A string of V8 ends at 537 MB: there
// the process dies, and again whenever it is started on these data. So tables are kept in pieces instead: rows with 512 consecutive
// numbers of a table are a file, and what was not changed is not written again. The file with the usual name lists the pieces. It is
// replaced last and in one step, so a process that is killed leaves the tables as they were at the last list.
const ROWS_PER_PIECE = 512;
const pieceOf = id => Math.floor(id / ROWS_PER_PIECE);

function byPiece(rows) {
  const pieces = new Map();
  for (const row of rows) {
    const piece = pieceOf(row.$loki);
    if (!pieces.has(piece)) pieces.set(piece, []);
    pieces.get(piece).push(row);
  }
  return pieces;
}

class TableFiles {
  mode = 'incremental';

  // By collection: the number of a piece, and the number of its file. Undefined while nothing is known to be in files.
  pieces;
  nextFile = 0;
  isFull = false;

  loadDatabase(file, callback) {
    this.load(file).then(callback, failure => callback(failure instanceof Error ? failure : new Error(String(failure))));
  }

  async load(file) {
    const list = JSON.parse(await this.read(file));
    if (list.pieces === undefined) return list; // Loki's own form, in which everything is one file. The next list replaces it.
    this.nextFile = list.nextFile;
    this.pieces = list.pieces;
    for (const collection of list.database.collections) {
      const pieces = Object.entries(list.pieces[collection.name]).sort(([one], [other]) => one - other);
      for (const [, number] of pieces)
        for (const line of (await fs.promises.readFile(`${file}.${number}`, 'utf8')).split('\n'))
          if (line !== '') collection.data.push(JSON.parse(line));
    }
    return list.database;
  }

  async read(file) {
    try {
      return await fs.promises.readFile(file, 'utf8');
    } catch (failure) {
      if (failure.code !== 'ERR_STRING_TOO_LONG' && failure.code !== 'ERR_FS_FILE_TOO_LARGE') throw failure;
      throw new Error(`${file} was written by an earlier version, is too large to be read, and must be deleted with its folder.`);
    }
  }

  saveDatabase(file, copyDatabase, callback) {
    this.save(file, copyDatabase()).then(() => callback(), callback);
  }

  async save(file, database) {
    const [known, kept] = [this.pieces ?? {}, {}];
    for (const collection of database.collections) {
      const before = known[collection.name];
      const pieces = kept[collection.name] = {};
      const changed = new Set(collection.dirtyIds.map(pieceOf));
      for (const [piece, rows] of byPiece(collection.data)) {
        pieces[piece] = before?.[piece];
        if (pieces[piece] !== undefined && !changed.has(piece)) continue;
        pieces[piece] = this.nextFile++;
        await fs.promises.writeFile(`${file}.${pieces[piece]}`, rows.map(row => JSON.stringify(row) + '\n'));
      }
    }

    const collections = database.collections.map(collection => ({ ...collection, data: [], idIndex: null, dirtyIds: [] }));
    const list = { nextFile: this.nextFile, pieces: kept, database: { ...database, collections, persistenceAdapter: null } };
    await fs.promises.writeFile(`${file}.new`, JSON.stringify(list, (key, value) => database.serializeReplacer(key, value)));
    await fs.promises.rename(`${file}.new`, file);
    this.pieces = kept;
    await this.removeOthers(file);
    this.warn();
  }

  async removeOthers(file) {
    const numbers = new Set(Object.values(this.pieces).flatMap(pieces => Object.values(pieces)));
    for (const name of await fs.promises.readdir(path.dirname(file))) {
      const number = name.startsWith(`${path.basename(file)}.`) ? Number(name.slice(path.basename(file).length + 1)) : NaN;
      if (Number.isInteger(number) && !numbers.has(number)) await fs.promises.rm(path.join(path.dirname(file), name));
    }
  }

  // All rows are in memory, which has an end too.
  warn() {
    const { used_heap_size: used, heap_size_limit: limit } = v8.getHeapStatistics();
    if (used > 0.75 * limit && !this.isFull)
      console.error(`Warning: Azurite holds ${used >> 20} MB of the ${limit >> 20} MB that it can; beyond them it ends. Delete its folder in time.`);
    this.isFull = used > 0.75 * limit;
  }
}

const Loki = require(require.resolve('lokijs', { paths: [path.dirname(script)] }));
const configure = Loki.prototype.configureOptions;
Loki.prototype.configureOptions = function (options, isInitial) {
  const isTables = options?.persistenceMethod === 'fs' && path.basename(this.filename) === TABLES;
  return configure.call(this, isTables ? { ...options, adapter: new TableFiles() } : options, isInitial);
};

require(script);
