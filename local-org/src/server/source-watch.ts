import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';

/** Editors write a file in several steps: one change is told once, when it has been quiet this long. */
const QUIET_MS = 80;

/** Calls back when something below one of the folders changes. Where the system cannot watch, nothing is told. */
export class SourceWatch {
  readonly #watchers: FSWatcher[] = [];
  #timer: NodeJS.Timeout | undefined;
  #changed = new Set<string>();

  constructor(folders: readonly string[], onChange: (files: readonly string[]) => void) {
    for (const folder of folders) {
      try {
        const watcher = watch(folder, { recursive: true }, (_, name) => {
          if (name === null || isGenerated(name)) return;
          this.#changed.add(`${folder}/${name}`);
          clearTimeout(this.#timer);
          this.#timer = setTimeout(() => {
            const files = [...this.#changed];
            this.#changed = new Set();
            onChange(files);
          }, QUIET_MS);
        });
        watcher.on('error', () => watcher.close());
        this.#watchers.push(watcher);
      } catch {
        // Too many watches, or a folder that is gone: pages are then reloaded by hand.
      }
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers) watcher.close();
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
