import { PackedLines } from './packed-lines.ts';

/** A standard object's structure as the generated data has it: names and Apex types, no other facts. */
export interface PlatformObject {
  readonly name: string;
  readonly fields: readonly PlatformField[];
  readonly children: readonly PlatformChild[];
}

/** A field. `target` is `Name` where the relationship is polymorphic. */
export interface PlatformField {
  readonly name: string;
  readonly type: string;
  readonly relationship: string | undefined;
  readonly target: string | undefined;
}

/** A child relationship; several `candidates` where the data does not say which field carries it. */
export interface PlatformChild {
  readonly relationship: string;
  readonly child: string;
  readonly candidates: readonly string[];
}

/** The line format that `schema-data/generator/jars.ts` writes. */
type PackedObject = [
  fields: [name: string, type: string, relationship?: string, target?: string][],
  children: [relationship: string, child: string, candidates: string[]][],
];

const lines = new PackedLines('sobjects.txt.gz');

/** The structure of a standard object; undefined when Salesforce has none of that name. */
export function platformObject(name: string): PlatformObject | undefined {
  const line = lines.get(name);
  if (line === undefined) return undefined;
  const [fields, children] = line.value as PackedObject;
  return {
    name: line.key,
    fields: fields.map(([field, type, relationship, target]) => ({
      name: field,
      type,
      relationship,
      target,
    })),
    children: children.map(([relationship, child, candidates]) => ({
      relationship,
      child,
      candidates,
    })),
  };
}

/** API names of all standard objects. */
export function platformObjectNames(): string[] {
  return lines.keys();
}
