/** The world of the isolation matrix in a local org: deployed from source, set up with the product, asked through the public door. */
import { createOrg } from '../../local-org/src/index.ts';
import type { Org } from '../../local-org/src/index.ts';
import type { Assumptions } from '../../local-org/src/inferred/index.ts';
import type { Cast } from './cast.ts';
import type { IsolationOrg, Row } from './replay.ts';
import { worldSteps } from './world.ts';
import type { WorldStep } from './world.ts';

export { worldSteps } from './world.ts';

const EVERYTHING = 'Isolation_Everything';

/** A local org with the world in it. */
export class LocalWorld implements IsolationOrg {
  readonly org: Org;

  /**
   * @param orgDir where compiled Apex is cached; the data stays in memory
   * @param cast who plays; everybody without it
   * @param assumptions what the org assumes where documentation is silent
   */
  constructor(projectDir: string, orgDir: string, cast?: Cast, assumptions: Assumptions = {}) {
    this.org = createOrg({
      projectDir,
      sourceDirs: [],
      orgDir,
      storage: 'memory',
      coverage: false,
      assumptions,
    });
    this.play(worldSteps(projectDir, cast));
  }

  /** Runs steps of a world, as an administrator. */
  play(steps: readonly WorldStep[]): void {
    for (const { name, apex } of steps) {
      this.apex(apex, undefined, name);
      this.org.runJobs();
    }
  }

  /**
   * Runs `body` while everybody may do everything with these objects as far as their permissions go, so that sharing alone decides: else a rule that shares more
   * than it should hides behind a permission that is missing.
   */
  async bySharingAlone<Result>(
    objects: readonly string[],
    body: () => Promise<Result>,
  ): Promise<Result> {
    const names = objects.map((name) => `'${name}'`).join(', ');
    this.apex(`
      PermissionSet everything = new PermissionSet(Name = '${EVERYTHING}', Label = '${EVERYTHING}');
      insert as system everything;
      List<ObjectPermissions> permissions = new List<ObjectPermissions>();
      for (String name : new List<String>{ ${names} }) {
        permissions.add(new ObjectPermissions(ParentId = everything.Id, SobjectType = name, PermissionsCreate = true, PermissionsRead = true, PermissionsEdit = true, PermissionsDelete = true));
      }
      insert as system permissions;
      List<PermissionSetAssignment> assignments = new List<PermissionSetAssignment>();
      for (User person : [SELECT Id FROM User WHERE (Email LIKE '%@isolation.example' OR UserType = 'Guest') AND IsActive = TRUE WITH SYSTEM_MODE]) {
        assignments.add(new PermissionSetAssignment(AssigneeId = person.Id, PermissionSetId = everything.Id));
      }
      insert as system assignments;`);
    try {
      return await body();
    } finally {
      this.apex(
        `delete as system [SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = '${EVERYTHING}' WITH SYSTEM_MODE]; delete as system [SELECT Id FROM PermissionSet WHERE Name = '${EVERYTHING}' WITH SYSTEM_MODE];`,
      );
    }
  }

  queryAll(soql: readonly string[]): Promise<readonly (readonly Row[])[]> {
    return Promise.resolve(soql.map((one) => this.query(one)));
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
