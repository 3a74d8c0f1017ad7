import { existsSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';

/** Editors write a file in several steps: one change is told once, when it has been quiet this long. */
const QUIET_MS = 80;
/** How often to look whether a folder that is gone has come back, as after a checkout of another branch. */
const RETURN_MS = 500;

/** Calls back when something below one of the folders changes. Where the system cannot watch, nothing is told. */
export class SourceWatch {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #returns = new Map<string, NodeJS.Timeout>();
  readonly #onChange: (files: readonly string[]) => void;
  #timer: NodeJS.Timeout | undefined;
  #changed = new Set<string>();

  constructor(folders: readonly string[], onChange: (files: readonly string[]) => void) {
    this.#onChange = onChange;
    for (const folder of folders) this.#watch(folder);
  }

  #watch(folder: string): void {
    try {
      const watcher = watch(folder, { recursive: true }, (_, name) => {
        // A watch follows its folder into nowhere: another one of the same name is not seen.
        if (!existsSync(folder)) this.#awaitReturn(folder);
        if (name !== null && !isGenerated(name)) this.#tell(`${folder}/${name}`);
      });
      watcher.on('error', () => watcher.close());
      this.#watchers.set(folder, watcher);
    } catch {
      // Too many watches, or a folder that is gone: pages are then reloaded by hand.
    }
  }

  #awaitReturn(folder: string): void {
    if (this.#returns.has(folder)) return;
    this.#watchers.get(folder)?.close();
    const look = setInterval(() => {
      if (!existsSync(folder)) return;
      clearInterval(look);
      this.#returns.delete(folder);
      this.#watch(folder);
      this.#tell(folder);
    }, RETURN_MS);
    look.unref();
    this.#returns.set(folder, look);
  }

  #tell(file: string): void {
    this.#changed.add(file);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const files = [...this.#changed];
      this.#changed = new Set();
      this.#onChange(files);
    }, QUIET_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const look of this.#returns.values()) clearInterval(look);
    for (const watcher of this.#watchers.values()) watcher.close();
  }
}

/** Tests, and what editors leave beside a file while they save. */
function isGenerated(name: string): boolean {
  return (
    /(^|\/)__tests__\//.test(name) ||
    /(~|\.swp|\.tmp|\.orig)$/.test(name) ||
    /(^|\/)\.#?[^/]*$/.test(name)
  );
}
