import { existsSync } from 'node:fs';
import type { Project } from '../project/index.ts';
import type { Schema } from '../schema/contract.ts';
import { Database } from '../storage/database.ts';
import type { OrgStore } from '../storage/store.ts';

const KEY = 'keyPrefixes';

/** Key prefixes that an org's data already uses, by lower-case object name: Ids must keep their meaning when objects come and go. */
export function storedKeyPrefixes(path: string, open?: OrgStore): ReadonlyMap<string, string> {
  if (open !== undefined) return parse(open.meta(KEY));
  if (path === ':memory:' || !existsSync(path)) return new Map();
  const database = Database.open(path);
  try {
    const [table] = database.all(
      "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_meta'",
    );
    if (table === undefined) return new Map();
    const row = database.get('SELECT value FROM _meta WHERE key = ?', [KEY]);
    return parse(row === undefined ? undefined : String(row[0]));
  } finally {
    database.close();
  }
}

/** Keeps the prefixes of the project's objects, those of objects that are gone included. */
export function storeKeyPrefixes(store: OrgStore, project: Project, schema: Schema): void {
  const prefixes = new Map(parse(store.meta(KEY)));
  for (const declared of project.objects.values()) {
    const object = schema.object(declared.name);
    if (object?.custom === true && object.keyPrefix !== undefined)
      prefixes.set(object.name.toLowerCase(), object.keyPrefix);
  }
  const text = JSON.stringify([...prefixes]);
  if (text !== store.meta(KEY)) store.setMeta(KEY, text);
}

function parse(text: string | undefined): ReadonlyMap<string, string> {
  return new Map(text === undefined ? [] : (JSON.parse(text) as [string, string][]));
}
