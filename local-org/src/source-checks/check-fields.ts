import type { XmlElement } from '../project/xml.ts';
import type { SourceReport } from './report.ts';

/** What fields of a type must say (Metadata API Developer Guide, "CustomField"); formulas only say what they return. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  AutoNumber: ['displayFormat'],
  Checkbox: ['defaultValue'],
  Currency: ['precision', 'scale'],
  EncryptedText: ['length', 'maskChar', 'maskType'],
  Html: ['length', 'visibleLines'],
  Location: ['scale'],
  LongTextArea: ['length', 'visibleLines'],
  Lookup: ['referenceTo'],
  MasterDetail: ['referenceTo', 'relationshipName'],
  MultiselectPicklist: ['valueSet', 'visibleLines'],
  Number: ['precision', 'scale'],
  Percent: ['precision', 'scale'],
  Picklist: ['valueSet'],
  Summary: ['summaryForeignKey', 'summaryOperation'],
  Text: ['length'],
};

/** Smallest and largest values of a type's elements. */
const RANGES: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>> = {
  EncryptedText: { length: [1, 175] },
  Html: { length: [256, 131_072] },
  LongTextArea: { length: [256, 131_072] },
  Text: { length: [1, 255] },
  Currency: { precision: [1, 18], scale: [0, 17] },
  Number: { precision: [1, 18], scale: [0, 17] },
  Percent: { precision: [1, 18], scale: [0, 17] },
};

/** Elements that only some types have. */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  deleteConstraint: ['Lookup', 'MetadataRelationship'],
  displayFormat: ['AutoNumber'],
  referenceTo: [
    'Lookup',
    'MasterDetail',
    'MetadataRelationship',
    'Hierarchy',
    'ExternalLookup',
    'IndirectLookup',
  ],
  summaryOperation: ['Summary'],
  valueSet: ['Picklist', 'MultiselectPicklist'],
};

/** Checks one custom field; `relationships` remembers the names of those seen before. */
export function checkFieldElements(
  object: string,
  xml: XmlElement,
  file: string,
  relationships: Map<string, string>,
  report: SourceReport,
): void {
  const name = xml.text('fullName') ?? '';
  const type = xml.text('type');
  const problem = (message: string, at: XmlElement = xml): void =>
    report.problem(`${object}.${name}: ${message}`, { file, line: at.line });
  if (!/__c$/i.test(name)) return;
  if (!/^[A-Za-z](?!\w*__\w*__c)\w*__c$/.test(name) || name.length > 43)
    problem('is not a name of at most 40 letters, digits and single underscores');
  const isFormula = xml.child('formula') !== undefined;
  for (const needed of ['label', 'type', ...(isFormula ? [] : (NEEDS[type ?? ''] ?? []))]) {
    if (xml.child(needed) === undefined)
      problem(
        `Must specify '${needed}' for a CustomField${type === undefined ? '' : ` of type ${type}`}`,
      );
  }
  for (const [element, [least, most]] of Object.entries(RANGES[type ?? ''] ?? {})) {
    const child = xml.child(element);
    const value = xml.number(element);
    if (child !== undefined && value !== undefined && (value < least || value > most))
      problem(
        `${element} must be between ${String(least)} and ${String(most)}, not ${String(value)}`,
        child,
      );
  }
  for (const [element, types] of Object.entries(ONLY)) {
    const child = xml.child(element);
    if (child !== undefined && type !== undefined && !types.includes(type))
      problem(`Can not specify '${element}' for a CustomField of type ${type}`, child);
  }
  const scale = xml.number('scale') ?? 0;
  const precision = xml.number('precision');
  const scaleAt = xml.child('scale');
  if (precision !== undefined && scaleAt !== undefined && scale > precision)
    problem(`scale ${String(scale)} is more than precision ${String(precision)}`, scaleAt);
  const required = xml.child('required');
  // A required lookup cannot be emptied when its target is deleted.
  if (type === 'Lookup' && xml.flag('required') && required !== undefined) {
    const constraint = xml.text('deleteConstraint') ?? 'SetNull';
    if (constraint === 'SetNull')
      problem('Must specify a deleteConstraint other than SetNull for a required lookup', required);
  }
  const relationship = xml.child('relationshipName');
  if (relationship !== undefined) {
    const target = xml.text('referenceTo') ?? '';
    const key = `${target}.${relationship.rawText.trim()}`.toLowerCase();
    const other = relationships.get(key);
    if (other !== undefined)
      problem(
        `The relationshipName ${relationship.rawText.trim()} of ${target} belongs to ${other} already`,
        relationship,
      );
    relationships.set(key, `${object}.${name}`);
  }
}
