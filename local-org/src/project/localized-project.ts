import type {
  FieldMetadata,
  FieldTranslation,
  LabelMetadata,
  LanguageTranslation,
  ObjectMetadata,
  Project,
} from './model.ts';

const localized = new WeakMap<Project, Map<string, Project>>();

/**
 * The project as somebody of that language sees it: labels, tabs, apps, actions, objects, fields and picklist values carry
 * their translated names. What is not translated stays as it is (documented: Salesforce Help, "Enable and Disable the
 * Translation Workbench"). The very same project where there is nothing in that language.
 */
export function localizedProject(project: Project, language: string): Project {
  const translation = translationOf(project, language);
  if (translation === undefined) return project;
  let known = localized.get(project);
  if (known === undefined) {
    known = new Map<string, Project>();
    localized.set(project, known);
  }
  let found = known.get(translation.language);
  if (found === undefined) {
    found = translate(project, translation);
    known.set(translation.language, found);
  }
  return found;
}

/** The text of a label in that language, else in its own. */
export function localizedLabel(label: LabelMetadata, language: string): string {
  return (
    label.translations.get(language) ??
    label.translations.get(languageWithoutCountry(language)) ??
    label.value
  );
}

/** A language of a country (`de_AT`) falls back to the language itself. Documented: Salesforce Help, "Supported Languages". */
function translationOf(project: Project, language: string): LanguageTranslation | undefined {
  return (
    project.translations.get(language) ?? project.translations.get(languageWithoutCountry(language))
  );
}

function languageWithoutCountry(language: string): string {
  return language.replace(/_.*$/, '');
}

function translate(project: Project, to: LanguageTranslation): Project {
  const renamed = <T extends { readonly label: string | undefined }>(
    items: ReadonlyMap<string, T>,
    labels: ReadonlyMap<string, string>,
  ): ReadonlyMap<string, T> =>
    mapValues(items, (item, key) => ({ ...item, label: labels.get(key) ?? item.label }));
  return {
    ...project,
    labels: mapValues(project.labels, (label) => ({
      ...label,
      value: localizedLabel(label, to.language),
    })),
    tabs: renamed(project.tabs, to.tabs),
    applications: renamed(project.applications, to.applications),
    quickActions: renamed(project.quickActions, to.quickActions),
    objects: mapValues(project.objects, (object, key) => translateObject(object, to, key)),
  };
}

function translateObject(
  object: ObjectMetadata,
  to: LanguageTranslation,
  key: string,
): ObjectMetadata {
  const translation = to.objects.get(key);
  if (translation === undefined) return object;
  return {
    ...object,
    label: translation.label ?? object.label,
    pluralLabel: translation.pluralLabel ?? object.pluralLabel,
    nameField: object.nameField && {
      ...object.nameField,
      label: translation.nameFieldLabel ?? object.nameField.label,
    },
    fields: mapValues(object.fields, (field, name) =>
      translateField(field, translation.fields.get(name)),
    ),
  };
}

function translateField(field: FieldMetadata, to: FieldTranslation | undefined): FieldMetadata {
  if (to === undefined) return field;
  return {
    ...field,
    label: to.label ?? field.label,
    helpText: to.helpText ?? field.helpText,
    valueSet: field.valueSet && {
      ...field.valueSet,
      values: field.valueSet.values.map((value) => ({
        ...value,
        label: to.values.get(value.label) ?? value.label,
      })),
    },
  };
}

function mapValues<T>(
  map: ReadonlyMap<string, T>,
  change: (value: T, key: string) => T,
): ReadonlyMap<string, T> {
  return new Map([...map].map(([key, value]) => [key, change(value, key)]));
}
