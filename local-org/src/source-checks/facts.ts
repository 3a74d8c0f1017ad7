import { PackedLines } from '../schema/packed-lines.ts';

/** An element of a metadata type, as the Metadata API's WSDL has it. */
export interface ElementFact {
  /** `string`, `boolean`, `number`, `any`, or the name of a type or an enumeration. */
  readonly type: string;
  readonly optional: boolean;
  readonly repeats: boolean;
}

/** A type that claims files of a suffix. */
export interface SuffixClaim {
  readonly name: string;
  readonly folder: string;
  /** Only in its folder. */
  readonly strict: boolean;
}

/** JSON that nobody has looked into yet. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const packed = new PackedLines('metadata-types.txt.gz');

/**
 * Elements that platform and tools of API 67 know and the typings of API 66 do not. Each with its source.
 */
const NEWER_ELEMENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // Metadata API Developer Guide, "Queue": doesIncludeBosses.
  Queue: { doesIncludeBosses: 'boolean?' },
};

const elements = new Map<string, ReadonlyMap<string, ElementFact> | undefined>();

/** The elements of a complex type; undefined where there is no such type. */
export function elementsOf(type: string): ReadonlyMap<string, ElementFact> | undefined {
  if (!elements.has(type)) elements.set(type, readElements(type));
  return elements.get(type);
}

function readElements(type: string): ReadonlyMap<string, ElementFact> | undefined {
  const found = packed.get(`type:${type}`);
  if (found?.key !== `type:${type}`) return undefined;
  const written = { ...(found.value as Record<string, string>), ...NEWER_ELEMENTS[type] };
  return new Map(
    Object.entries(written).map(([name, text]) => [
      name,
      {
        type: text.replace(/[[\]?]+$/, ''),
        optional: text.endsWith('?'),
        repeats: text.includes('[]'),
      },
    ]),
  );
}

/** The values of an enumeration; undefined where there is no such enumeration. */
export function valuesOf(enumeration: string): readonly string[] | undefined {
  const found = packed.get(`enum:${enumeration}`);
  return found?.key === `enum:${enumeration}` ? (found.value as readonly string[]) : undefined;
}

/** The types that claim files of this suffix. */
export function claimsOf(suffix: string): readonly SuffixClaim[] {
  return (packed.get(`suffix:${suffix}`)?.value ?? []) as readonly SuffixClaim[];
}

/** Whether everything inside a folder of this name belongs to a component, whatever it is called. */
export function isContentFolder(name: string): boolean {
  return packed.get(`folder:${name}`)?.key === `folder:${name}`;
}

/** The JSON schema that Salesforce publishes for a project's file: `sfdx-project` or `project-scratch-def`. */
export function jsonSchemaOf(name: string): Json | undefined {
  return packed.get(`schema:${name}`)?.value as Json | undefined;
}
