import type { FieldTranslation, LanguageTranslation } from '../model.ts';
import type { XmlElement } from '../xml.ts';

/** The same, while files are being read. */
export interface TranslationDraft extends LanguageTranslation {
  readonly tabs: Map<string, string>;
  readonly applications: Map<string, string>;
  readonly quickActions: Map<string, string>;
  readonly objects: Map<string, ObjectTranslationDraft>;
}

interface ObjectTranslationDraft {
  label: string | undefined;
  pluralLabel: string | undefined;
  nameFieldLabel: string | undefined;
  readonly fields: Map<string, FieldTranslation>;
}

/** A language nothing is translated into yet. */
export function newTranslation(language: string): TranslationDraft {
  return {
    language,
    tabs: new Map(),
    applications: new Map(),
    quickActions: new Map(),
    objects: new Map(),
  };
}

/** The translated labels of a translation file: lower-case name and text. */
export function readLabelTranslations(xml: XmlElement): [name: string, text: string][] {
  return named(xml, 'customLabels');
}

/** Tabs, apps and global actions of a translation file. Metadata API Developer Guide, "Translations". */
export function readTranslations(xml: XmlElement, into: TranslationDraft): void {
  for (const [name, text] of named(xml, 'customTabs')) into.tabs.set(name, text);
  for (const [name, text] of named(xml, 'customApplications')) into.applications.set(name, text);
  for (const [name, text] of named(xml, 'quickActions')) into.quickActions.set(name, text);
}

/**
 * Name, actions and fields of one object. In source format each field has a file of its own, in Metadata API format all
 * stand here. Metadata API Developer Guide, "CustomObjectTranslation".
 */
export function readObjectTranslation(
  xml: XmlElement,
  object: string,
  into: TranslationDraft,
): void {
  const translated = objectOf(object, into);
  // Languages with cases have a value for each.
  const caseValue = (plural: boolean): string | undefined =>
    xml
      .all('caseValues')
      .find(
        (value) =>
          value.flag('plural') === plural &&
          (value.text('caseType') ?? 'Nominative') === 'Nominative',
      )
      ?.text('value');
  translated.label ??= caseValue(false);
  translated.pluralLabel ??= caseValue(true);
  translated.nameFieldLabel ??= xml.text('nameFieldLabel');
  for (const [name, text] of named(xml, 'quickActions'))
    into.quickActions.set(`${object.toLowerCase()}.${name}`, text);
  for (const field of xml.all('fields')) readFieldTranslation(field, object, into);
}

/** Label, help and picklist values of one field. */
export function readFieldTranslation(
  xml: XmlElement,
  object: string,
  into: TranslationDraft,
): void {
  const values = xml.all('picklistValues').flatMap((value): [string, string][] => {
    const text = value.text('translation');
    return text === undefined ? [] : [[value.text('masterLabel') ?? '', text]];
  });
  objectOf(object, into).fields.set((xml.text('name') ?? '').toLowerCase(), {
    label: xml.text('label'),
    helpText: xml.text('help'),
    values: new Map(values),
  });
}

function objectOf(name: string, into: TranslationDraft): ObjectTranslationDraft {
  const key = name.toLowerCase();
  let object = into.objects.get(key);
  if (object === undefined) {
    object = {
      label: undefined,
      pluralLabel: undefined,
      nameFieldLabel: undefined,
      fields: new Map(),
    };
    into.objects.set(key, object);
  }
  return object;
}

function named(xml: XmlElement, element: string): [name: string, text: string][] {
  return xml.all(element).flatMap((item): [string, string][] => {
    const text = item.text('label');
    return text === undefined ? [] : [[(item.text('name') ?? '').toLowerCase(), text]];
  });
}
