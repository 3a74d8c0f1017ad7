import type { FieldInfo, ObjectInfo, Schema } from '../schema/contract.ts';
import { objectsWithFacts } from '../schema/facts.ts';
import { join, raw, sql } from '../storage/sql.ts';
import type { Fragment } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';

type Row = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * `EntityDefinition` and `FieldDefinition`: rows computed from the schema. They hold the objects of the project and those standard ones whose facts are written
 * down; what nobody knows does not appear. An Id is the definition's durable name here, which is what lookups to definitions hold.
 */
export function isCatalogue(object: ObjectInfo): boolean {
  return object.name === 'EntityDefinition' || object.name === 'FieldDefinition';
}

/** The rows of a catalogue object as a table expression: columns by field name. */
export function catalogueSql(store: OrgStore, object: ObjectInfo): Fragment {
  const columns = [...object.fields.values()].map((field) =>
    raw(`json_extract(value, ${literal(`$.${field.name}`)}) AS ${quote(field.name)}`),
  );
  return sql`(SELECT key AS rowid, ${join(columns, ', ')} FROM json_each(${rowsOf(store, object)}))`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const cached = new WeakMap<Schema, { entities: string; fields: string }>();

function rowsOf(store: OrgStore, object: ObjectInfo): string {
  let known = cached.get(store.schema);
  if (known === undefined) {
    const objects = knownObjects(store.schema);
    known = {
      entities: JSON.stringify(objects.map(entityRow)),
      fields: JSON.stringify(
        objects.flatMap((each) => [...each.fields.values()].map((field) => fieldRow(each, field))),
      ),
    };
    cached.set(store.schema, known);
  }
  return object.name === 'EntityDefinition' ? known.entities : known.fields;
}

/** Names tell apart what need not be resolved: standard objects without facts are thousands. */
function knownObjects(schema: Schema): ObjectInfo[] {
  const described = new Set(objectsWithFacts().map((name) => name.toLowerCase()));
  return schema.objectNames().flatMap((name) => {
    if (!name.includes('__') && !described.has(name.toLowerCase())) return [];
    const object = schema.object(name);
    return object === undefined ? [] : [object];
  });
}

function developerName(name: string): string {
  return name.replace(/__(c|e|mdt|b|x|kav|Share|History|Feed)$/i, '');
}

function entityRow(object: ObjectInfo): Row {
  const isSetting = object.kind === 'listCustomSetting' || object.kind === 'hierarchyCustomSetting';
  return {
    Id: object.name,
    DurableId: object.name,
    DeveloperName: developerName(object.name),
    QualifiedApiName: object.name,
    MasterLabel: object.label,
    Label: object.label,
    PluralLabel: object.pluralLabel,
    KeyPrefix: object.keyPrefix,
    InternalSharingModel: object.internalSharing ?? 'ReadWrite',
    ExternalSharingModel: object.externalSharing ?? 'Private',
    IsCustomSetting: flag(isSetting),
    IsCustomizable: flag(object.custom || object.kind === 'standard'),
    IsQueryable: flag(object.queryable !== false),
    IsSearchable: flag(object.searchable === true),
    IsEverCreatable: flag(object.createable === true),
    IsEverUpdatable: flag(object.updateable === true),
    IsEverDeletable: flag(object.deletable === true),
    IsTriggerable: flag(isTriggerable(object)),
    IsApexTriggerable: flag(isTriggerable(object)),
    IsWorkflowEnabled: flag(isTriggerable(object)),
  };
}

function isTriggerable(object: ObjectInfo): boolean {
  return (
    object.kind === 'custom' ||
    object.kind === 'platformEvent' ||
    (object.kind === 'standard' && object.createable === true && !object.setupObject)
  );
}

function flag(value: boolean): number {
  return value ? 1 : 0;
}

function fieldRow(object: ObjectInfo, field: FieldInfo): Row {
  const name = `${object.name}.${field.name}`;
  return {
    Id: name,
    DurableId: name,
    QualifiedApiName: field.name,
    DeveloperName: developerName(field.name),
    MasterLabel: field.label ?? field.name,
    Label: field.label ?? field.name,
    DataType: dataType(field),
    EntityDefinitionId: object.name,
    Length: field.length ?? 0,
    Precision: field.precision ?? 0,
    Scale: field.scale ?? 0,
    RelationshipName: field.reference?.relationshipName,
    Description: field.description,
    IsCalculated: flag(field.formula !== undefined || field.rollup !== undefined),
    IsCompound: flag(field.apexType === 'Address' || field.apexType === 'Location'),
    IsNameField: flag(field.nameField),
    IsNillable: flag(field.nillable !== false),
    IsIndexed: flag(field.externalId || field.unique || field.reference !== undefined),
    IsHtmlFormatted: 0,
    IsWorkflowFilterable: flag(field.filterable === true),
    IsApiFilterable: flag(field.filterable !== false),
    IsApiSortable: flag(field.sortable !== false),
    IsApiGroupable: flag(field.groupable === true),
    IsPolymorphicForeignKey: flag(field.reference?.polymorphic === true),
  };
}

/** The words that Setup shows (practitioner). */
function dataType(field: FieldInfo): string {
  if (field.formula !== undefined) return `Formula (${baseType(field).replace(/\(.*/, '')})`;
  if (field.rollup !== undefined)
    return `Roll-Up Summary (${field.rollup.operation} ${field.rollup.childObject})`;
  if (field.autoNumber) return 'Auto Number';
  return baseType(field);
}

function baseType(field: FieldInfo): string {
  const size = `(${(field.precision ?? 18) - (field.scale ?? 0)}, ${field.scale ?? 0})`;
  switch (field.displayType) {
    case 'boolean':
      return 'Checkbox';
    case 'currency':
      return `Currency${size}`;
    case 'double':
      return `Number${size}`;
    case 'percent':
      return `Percent${size}`;
    case 'int':
      return `Number(${field.precision ?? 9}, 0)`;
    case 'date':
      return 'Date';
    case 'datetime':
      return 'Date/Time';
    case 'time':
      return 'Time';
    case 'email':
      return 'Email';
    case 'phone':
      return 'Phone';
    case 'url':
      return `URL(${field.length ?? 255})`;
    case 'picklist':
      return 'Picklist';
    case 'multipicklist':
      return 'Picklist (Multi-Select)';
    case 'textarea':
      return (field.length ?? 0) > 255 ? `Long Text Area(${field.length ?? 0})` : 'Text Area(255)';
    case 'reference': {
      const kind = field.reference?.masterDetail === true ? 'Master-Detail' : 'Lookup';
      return `${kind}(${field.reference?.targets.join(',') ?? ''})`;
    }
    case 'string':
      return `Text(${field.length ?? 255})`;
    default:
      return field.displayType;
  }
}
