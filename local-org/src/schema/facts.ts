import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DisplayType, OrgFeature, PicklistValue, ReferenceInfo } from './contract.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'schema-data', 'facts');
const SUFFIX = '.txt';
const COMMON = '_common';

/** Hand-kept facts of a standard object: what `schema-data/facts/<Object>.txt` says. */
export interface ObjectFacts {
  readonly name: string;
  readonly label: string;
  readonly pluralLabel: string;
  /** Null where there is none, undefined where nobody wrote it down. */
  readonly keyPrefix: string | null | undefined;
  /** Words such as `create`, `query`, `setup`. */
  readonly abilities: ReadonlySet<string>;
  readonly feature: OrgFeature | undefined;
  /** Keyed by lower-case name, in the order of the file. */
  readonly fields: ReadonlyMap<string, FieldFacts>;
  /** Facts of all fields whose name begins so: `Permissions*` stands for several hundred. */
  readonly families: readonly { readonly prefix: string; readonly facts: FieldFacts }[];
  /** Lower-case names of fields that the type jars have and orgs do not. */
  readonly absent: ReadonlySet<string>;
  /** Lower-case child relationship name → the field that carries it; with the child object where the jars lack all of it. */
  readonly childFields: ReadonlyMap<string, ChildFacts>;
}

/** Hand-kept facts of a child relationship. */
export interface ChildFacts {
  readonly name: string;
  readonly childObject: string | undefined;
  readonly field: string;
}

/** Hand-kept facts of a field. */
export interface FieldFacts {
  readonly name: string;
  readonly displayType: DisplayType;
  readonly length: number | undefined;
  readonly precision: number | undefined;
  readonly scale: number | undefined;
  readonly targets: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly label: string | undefined;
  readonly relationshipName: string | undefined;
  readonly onDelete: ReferenceInfo['onDelete'] | undefined;
  readonly values: readonly PicklistValue[] | undefined;
  readonly defaultValue: string | undefined;
  readonly feature: OrgFeature | undefined;
  readonly compound: string | undefined;
}

let files: Map<string, string> | undefined;
const parsed = new Map<string, ObjectFacts>();

/** Facts files by lower-case object name; a file is named after its object. */
function factsFiles(): Map<string, string> {
  files ??= new Map(
    readdirSync(FOLDER)
      .filter((file) => file.endsWith(SUFFIX))
      .map((file) => [file.slice(0, -SUFFIX.length).toLowerCase(), file]),
  );
  return files;
}

/** The hand-kept facts of a standard object; undefined when nobody wrote any down. */
export function objectFacts(objectName: string): ObjectFacts | undefined {
  const key = objectName.toLowerCase();
  const file = factsFiles().get(key);
  if (file === undefined) return undefined;
  let facts = parsed.get(key);
  if (facts === undefined) {
    facts = parseFacts(textOf(file), file);
    parsed.set(key, facts);
  }
  return facts;
}

/** Names of the objects that have hand-kept facts. */
export function objectsWithFacts(): string[] {
  return [...factsFiles().values()]
    .filter((file) => !file.startsWith('_'))
    .map((file) => file.slice(0, -SUFFIX.length));
}

/** The feature without which an org has no such object; undefined when none is needed or nothing is known. */
export function featureOfFacts(objectName: string): OrgFeature | undefined {
  const key = objectName.toLowerCase();
  const known = parsed.get(key);
  if (known !== undefined) return known.feature;
  const file = factsFiles().get(key);
  return file === undefined
    ? undefined
    : (/^if: *(\w+)/m.exec(textOf(file))?.[1] as OrgFeature | undefined);
}

const texts = new Map<string, string>();

function textOf(file: string): string {
  let text = texts.get(file);
  if (text === undefined) {
    text = readFileSync(join(FOLDER, file), 'utf8');
    texts.set(file, text);
  }
  return text;
}

/** Key prefix → object of all objects with facts, from their first lines: who asks for a prefix needs no fields. */
export function keyPrefixesOfFacts(): [prefix: string, objectName: string][] {
  return objectsWithFacts().flatMap((name): [string, string][] => {
    const header = /^(?!#)\w+ \|.*$/m.exec(textOf(name + SUFFIX))?.[0].split('|') ?? [];
    const prefix = header[3]?.trim() ?? '-';
    return prefix.length === 3 ? [[prefix, name]] : [];
  });
}

/** The facts of one field: its own line, else the line of its family (`Permissions*`). */
export function fieldFacts(
  facts: ObjectFacts | undefined,
  fieldName: string,
): FieldFacts | undefined {
  const key = fieldName.toLowerCase();
  return (
    facts?.fields.get(key) ?? facts?.families.find(({ prefix }) => key.startsWith(prefix))?.facts
  );
}

/** Facts of the fields that Salesforce gives every object, such as CreatedDate. */
export function commonFieldFacts(fieldName: string): FieldFacts | undefined {
  return objectFacts(COMMON)?.fields.get(fieldName.toLowerCase());
}

/** Reads a facts file; see `schema-data/facts/README.md` for the format. */
export function parseFacts(text: string, file: string): ObjectFacts {
  let header: readonly string[] | undefined;
  const fields = new Map<string, FieldFacts>();
  const families: { prefix: string; facts: FieldFacts }[] = [];
  const absent = new Set<string>();
  const childFields = new Map<string, ChildFacts>();
  let feature: OrgFeature | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const cells = line.split('|').map((cell) => cell.trim());
    const directive = /^(absent|children|if):(.*)$/.exec(line);
    if (directive?.[1] === 'absent') {
      for (const name of list(directive[2])) absent.add(name.toLowerCase());
    } else if (directive?.[1] === 'children') {
      for (const pair of list(directive[2])) {
        const [name = '', carrier = ''] = pair.split(/\s+/);
        const dot = carrier.indexOf('.');
        childFields.set(name.toLowerCase(), {
          name,
          childObject: dot < 0 ? undefined : carrier.slice(0, dot),
          field: carrier.slice(dot + 1),
        });
      }
    } else if (directive?.[1] === 'if') {
      feature = directive[2]?.trim() as OrgFeature;
    } else if (header === undefined) {
      header = cells;
    } else if (cells.length < 4) {
      throw new Error(`${file}:${index + 1}: expected name | type | flags | label`);
    } else {
      const field = parseField(cells, `${file}:${index + 1}`);
      if (field.name.endsWith('*')) {
        families.push({ prefix: field.name.slice(0, -1).toLowerCase(), facts: field });
      } else {
        fields.set(field.name.toLowerCase(), field);
      }
    }
  }
  if (header === undefined) throw new Error(`${file}: no object line`);
  const [name = '', label = name, pluralLabel = label, keyPrefix = '', abilities = ''] = header;
  return {
    name,
    label,
    pluralLabel,
    keyPrefix: keyPrefix === 'none' ? null : keyPrefix === '-' ? undefined : keyPrefix,
    abilities: new Set(abilities.split(/\s+/)),
    feature,
    fields,
    families,
    absent,
    childFields,
  };
}

const REFERENCE = 'ref';

function parseField(cells: readonly string[], where: string): FieldFacts {
  const [name = '', type = '', flags = '', label = '', ...notes] = cells;
  const [word = '', argument = ''] = type.split(/\s+/, 2);
  const isReference = word === REFERENCE;
  const [first, second] = isReference ? [] : argument.split(',').map(Number);
  const note = new Map(
    notes.map((cell) => {
      const colon = cell.indexOf(':');
      if (colon < 0) throw new Error(`${where}: expected "key: value", found "${cell}"`);
      return [cell.slice(0, colon).trim(), cell.slice(colon + 1).trim()];
    }),
  );
  const values = note.get('values');
  return {
    name,
    displayType: isReference ? 'reference' : (word as DisplayType),
    length: second === undefined && first !== 0 ? first : undefined,
    precision: second === undefined ? undefined : first,
    scale: second,
    targets: isReference ? argument.split(',').filter((target) => target !== '') : [],
    flags: new Set(flags),
    label: label === '' ? undefined : label,
    relationshipName: note.get('rel'),
    onDelete: note.get('delete') as ReferenceInfo['onDelete'] | undefined,
    values: values === undefined ? undefined : picklist(values),
    defaultValue: note.get('default'),
    feature: note.get('if') as OrgFeature | undefined,
    compound: note.get('part of'),
  };
}

/** `Hot; *Warm; Cold = Not now`: a star marks the default, `=` a label other than the value. */
function picklist(text: string): PicklistValue[] {
  return list(text).map((item) => {
    const isDefault = item.startsWith('*');
    const [value = '', label = value] = (isDefault ? item.slice(1) : item)
      .split(' = ')
      .map((part) => part.trim());
    return { value, label, isDefault, isActive: true };
  });
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
