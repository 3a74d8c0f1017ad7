import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { LocalOrgError } from '../diagnostics/index.ts';
import type { ObjectMetadata, Project } from '../project/model.ts';
import type { Schema, SharingModel } from '../schema/contract.ts';

/** From closed to open. */
const OPENNESS: readonly string[] = [
  'Private',
  'Read',
  'ReadWrite',
  'ReadWriteTransfer',
  'FullAccess',
];
const VALUES: ReadonlySet<string> = new Set([...OPENNESS, 'ControlledByParent']);

/** Documented: Help, "Organization-Wide Sharing Defaults": these cannot be more open than Account once it is Private. */
const WITH_ACCOUNT = ['Opportunity', 'Case'] as const;

/**
 * Organisation-wide defaults that Salesforce refuses. Documented: Help, "External Organization-Wide Defaults Overview" ("the external access
 * level must be more restrictive or equal to the internal access level"). The texts are ours.
 */
export function checkDefaults(project: Project, schema: Schema): LocalOrgError[] {
  const problems: LocalOrgError[] = [];
  for (const object of project.objects.values()) {
    const invalid = (text: string): void => {
      const at = { file: object.file, line: object.line, column: 1 };
      problems.push(raise(Diagnostics.METADATA_INVALID, [`${object.name}: ${text}`], at));
    };
    for (const model of [object.sharingModel, object.externalSharingModel])
      if (model !== undefined && !VALUES.has(model)) invalid(`no sharing model is called ${model}`);
    if (isMoreOpenOutside(object, schema))
      invalid(
        `externalSharingModel ${String(object.externalSharingModel)} is more open than the internal default`,
      );
    if (object.name.toLowerCase() === 'account' && object.sharingModel === 'Private')
      for (const name of openBesidePrivate(schema))
        invalid(`sharingModel Private needs ${name} to be Private as well`);
  }
  return problems;
}

function isMoreOpenOutside(object: ObjectMetadata, schema: Schema): boolean {
  const outside = OPENNESS.indexOf(object.externalSharingModel ?? '');
  const inside = OPENNESS.indexOf(schema.object(object.name)?.internalSharing ?? '');
  return outside >= 0 && inside >= 0 && outside > inside;
}

function openBesidePrivate(schema: Schema): string[] {
  const closed: readonly (SharingModel | undefined)[] = [
    'Private',
    'ControlledByParent',
    undefined,
  ];
  return WITH_ACCOUNT.filter((name) => !closed.includes(schema.object(name)?.internalSharing));
}
