import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DeployMessage } from './deploy-result.ts';

/** A row of the Tooling API's SourceMember. Documented: "SourceMember"; which names it uses for what is what the Salesforce CLI expects (practitioner). */
export interface SourceMember {
  readonly Id: string;
  readonly MemberIdOrName: string;
  readonly MemberType: string;
  readonly MemberName: string;
  readonly IsNameObsolete: boolean;
  readonly IsNewMember: boolean;
  readonly RevisionCounter: number;
  readonly RevisionNum: number;
  readonly ChangedBy: string;
  readonly LastModifiedDate: string;
}

/** What was deployed when, by which tools that track source know what is new on either side. */
export class SourceMembers {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** All members, each with its latest revision. */
  rows(): readonly SourceMember[] {
    try {
      const rows = JSON.parse(readFileSync(this.#file, 'utf8')) as unknown;
      return Array.isArray(rows) ? (rows as readonly SourceMember[]) : [];
    } catch {
      // Nothing was deployed yet.
      return [];
    }
  }

  /** Writes down a deployment. `resources`: files of Lightning web components, which are members of their own. */
  record(
    components: readonly DeployMessage[],
    resources: readonly string[],
    by: { readonly id: string },
    now: string,
  ): void {
    const members = new Map(this.rows().map((row) => [`${row.MemberType} ${row.MemberName}`, row]));
    let revision = Math.max(0, ...[...members.values()].map((row) => row.RevisionCounter));
    const add = (type: string, name: string, isDeleted: boolean, isNew: boolean): void => {
      revision += 1;
      members.set(`${type} ${name}`, {
        Id: `0MZ${revision.toString(36).toUpperCase().padStart(12, '0')}`,
        MemberIdOrName: name,
        MemberType: type,
        MemberName: name,
        IsNameObsolete: isDeleted,
        IsNewMember: isNew,
        RevisionCounter: revision,
        RevisionNum: revision,
        ChangedBy: by.id,
        LastModifiedDate: now,
      });
    };
    for (const { componentType, fullName, deleted, created, changed } of components) {
      if (componentType !== '' && (changed || deleted))
        add(componentType, fullName, deleted, created);
    }
    for (const name of resources) add('LightningComponentResource', name, false, false);
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, `${JSON.stringify([...members.values()])}\n`);
  }
}
