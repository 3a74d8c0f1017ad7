import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';

/** Rooms whose code decides what a compile puts out. */
const ROOMS = [
  '../syntax',
  '../types',
  '../check',
  '../emit',
  '../../soql',
  '../library/contract.ts',
];

const versions = new Map<string, string>();

/**
 * Identity of the compiler, part of every key of its caches: a hash over its own source files, so that nobody has to remember to count a number
 * up. `rooms` relative to this folder.
 */
export function engineVersion(rooms: readonly string[] = ROOMS): string {
  const key = rooms.join(' ');
  let version = versions.get(key);
  if (version === undefined) {
    const hash = createHash('sha256');
    for (const room of rooms) addTo(hash, join(import.meta.dirname, room));
    version = hash.digest('base64url').slice(0, 16);
    versions.set(key, version);
  }
  return version;
}

/** By name, size and time of change: reading a hundred files costs more than what the cache saves on a small project. */
function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  if (path.endsWith('.ts')) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort())
    if (name.endsWith('.ts')) addTo(hash, join(path, name));
}
