/** The world of the isolation matrix in a local org: deployed from source, set up with the product, asked through the public door. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createOrg } from '../../local-org/src/index.ts';
import type { Org } from '../../local-org/src/index.ts';
import type { IsolationOrg, Row } from './replay.ts';

/** The steps of the world in order: name and anonymous Apex, each a transaction of its own. */
export function worldSteps(projectDir: string): { readonly name: string; readonly apex: string }[] {
  const folder = join(projectDir, 'config', 'isolation', 'world');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.apex'))
    .sort()
    .map((name) => ({ name, apex: readFileSync(join(folder, name), 'utf8') }));
}

/** A local org with the world in it. */
export class LocalWorld implements IsolationOrg {
  readonly org: Org;

  /** @param orgDir where compiled Apex is cached; the data stays in memory */
  constructor(projectDir: string, orgDir: string) {
    this.org = createOrg({
      projectDir,
      sourceDirs: [],
      orgDir,
      storage: 'memory',
      coverage: false,
    });
    for (const { name, apex } of worldSteps(projectDir)) {
      this.apex(apex, undefined, name);
      this.org.runJobs();
    }
  }

  query(soql: string): readonly Row[] {
    return this.queryAs(undefined, soql);
  }

  /** As a user by username: with everything that user may not see left out or refused. */
  queryAs(userName: string | undefined, soql: string): readonly Row[] {
    return this.org.query(soql, userName).records;
  }

  /** Runs anonymous Apex; answers what it prints behind `=`. */
  apex(source: string, userName?: string, name = 'anonymous Apex'): string {
    const result = this.org.execute(source, userName);
    if (!result.success)
      throw new Error(`${name}: ${result.compileProblem || result.exceptionMessage}`);
    return /\|DEBUG\|=(.*)/.exec(result.logs)?.[1] ?? '';
  }

  dispose(): void {
    this.org.dispose();
  }
}
