import type { ValueMetadata } from '../project/model.ts';
import type { XmlElement } from '../project/xml.ts';
import type { Referrer, References } from './check-references.ts';

/** Values of a picklist that the project declares; undefined where it does not. */
function valuesOf(
  object: string,
  field: string,
  { project }: References,
): readonly ValueMetadata[] | undefined {
  const declared = project.objects.get(object.toLowerCase())?.fields.get(field.toLowerCase());
  const set = declared?.valueSet;
  if (set === undefined) return undefined;
  if (set.valueSetName !== undefined)
    return project.globalValueSets.get(set.valueSetName.toLowerCase());
  return set.values;
}

/** The values that a record type offers are values of the field. Names are encoded as in addresses (`Closed %2F Lost`). */
export function checkRecordTypeValues(
  { object, xml, file }: Referrer,
  references: References,
): void {
  for (const picklist of xml.all('picklistValues')) {
    const field = picklist.text('picklist') ?? '';
    const known = valuesOf(object, field, references);
    if (known === undefined) continue;
    for (const value of picklist.all('values')) {
      const name = decoded(value.text('fullName') ?? '');
      if (!known.some(({ fullName }) => decoded(fullName).toLowerCase() === name.toLowerCase()))
        references.report.problem(`Picklist value: ${name} in picklist: ${field} not found`, {
          file,
          line: value.line,
        });
    }
  }
}

/** A filter for a value that its picklist does not have shows nothing, and nobody is told. */
export function checkFilterValues(
  filters: readonly XmlElement[],
  { object, file }: Pick<Referrer, 'object' | 'file'>,
  references: References,
): void {
  for (const filter of filters) {
    const field = filter.text('field') ?? '';
    const value = filter.child('value');
    const known = valuesOf(object, field, references);
    if (known === undefined || value === undefined) continue;
    if (!/^(equals|notEqual|includes|excludes)$/.test(filter.text('operation') ?? '')) continue;
    for (const text of value.rawText.split(/[,;]/).map((one) => one.trim())) {
      if (text !== '' && !known.some(({ fullName, label }) => fullName === text || label === text))
        references.report.problem(`Picklist value: ${text} in picklist: ${field} not found`, {
          file,
          line: value.line,
        });
    }
  }
}

/** Values are translated by their label in the project's language. */
export function checkTranslatedValues(
  { type, object, xml, file }: Referrer,
  references: References,
): void {
  const fields = type === 'CustomFieldTranslation' ? [xml] : xml.all('fields');
  for (const field of fields) {
    const name = field.text('name') ?? '';
    const known = valuesOf(object, name, references);
    if (known === undefined) continue;
    for (const value of field.all('picklistValues')) {
      const label = value.text('masterLabel') ?? '';
      if (!known.some((one) => one.label === label))
        references.report.problem(`Picklist value: ${label} in picklist: ${name} not found`, {
          file,
          line: value.line,
        });
    }
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
