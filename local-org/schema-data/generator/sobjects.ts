import type { ClassFile } from './class-file.ts';
import { ACC_STATIC } from './class-file.ts';
import { apexName, apexType } from './apex-names.ts';

/** A standard object as the jars describe it. */
export interface JarObject {
  readonly name: string;
  readonly fields: JarField[];
  readonly children: { relationship: string; child: string }[];
}

/** A field; lookups name their relationship and target (`Name` where the target varies). */
export interface JarField {
  readonly name: string;
  readonly type: string;
  readonly relationship?: string;
  readonly target?: string;
}

const SOBJECT_TYPE = /com\/nawforce\/runforce\/(SObjects|SObjectStubs)\/|System\/SObject;/;

/** Reads a standard object from its class file; null for classes that are not objects. */
export function readSObject(file: ClassFile): JarObject | null {
  const apex = apexName(file.name);
  if (apex?.namespace !== 'SObjects') return null;
  const members = file.fields.filter((field) => (field.access & ACC_STATIC) === 0);
  const idFields = new Map(
    members
      .filter((member) => !SOBJECT_TYPE.test(member.descriptor))
      .map((member) => [member.name.toLowerCase(), member.name]),
  );
  const lookups = new Map<string, { relationship: string; target: string }>();
  const plain: JarField[] = [];
  const children: JarObject['children'] = [];
  for (const member of members) {
    const type = apexType(member.signature);
    if (member.descriptor.startsWith('[') && SOBJECT_TYPE.test(member.descriptor)) {
      children.push({ relationship: member.name, child: type.slice('List<'.length, -1) });
      continue;
    }
    const idField = SOBJECT_TYPE.test(member.descriptor)
      ? idFields.get(`${member.name}Id`.toLowerCase())
      : undefined;
    if (idField !== undefined) {
      lookups.set(idField, { relationship: member.name, target: type });
    } else {
      plain.push({ name: member.name, type });
    }
  }
  const fields = plain.map((field) => ({ ...field, ...lookups.get(field.name) }));
  return { name: apex.name, fields, children };
}

/**
 * The fields of a child that may carry a child relationship. The jars do not say which field it is:
 * one candidate is certain, several are left to the hand-kept facts (or to the name).
 */
export function foreignKeyCandidates(
  parent: string,
  child: JarObject | undefined,
): { exact: string[]; polymorphic: string[] } {
  const lookups = child?.fields.filter((field) => field.relationship !== undefined) ?? [];
  return {
    exact: lookups.filter((field) => field.target === parent).map((field) => field.name),
    polymorphic: lookups
      .filter((field) => field.target === 'Name' || field.target === 'SObject')
      .map((field) => field.name),
  };
}
