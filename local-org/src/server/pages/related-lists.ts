import type { Project } from '../../project/model.ts';
import type { UiObjectInfo } from '../contract.ts';
import type { RelatedListModel } from './model.ts';
import { columnField, defaultColumns, iconOf, RELATED_LISTS } from './platform-names.ts';

/** Related lists of objects without a layout. */
const DEFAULT_LISTS: Readonly<Record<string, readonly string[]>> = {
  Account: ['Contacts', 'Opportunities'],
  Contact: ['Opportunities', 'Cases'],
};

/** The related lists of an object's layout, or only the one of that name. Those without a relationship are left to the setup page. */
export function relatedLists(
  project: Project,
  info: UiObjectInfo,
  only?: string,
): RelatedListModel[] {
  const layout = [...project.layouts.values()].find(
    ({ object, relatedLists: lists }) => object === info.apiName && lists.length > 0,
  );
  const declared =
    layout?.relatedLists ??
    (DEFAULT_LISTS[info.apiName] ?? []).map((relatedList) => ({
      relatedList,
      fields: [] as readonly string[],
    }));
  const found = declared.flatMap(({ relatedList, fields }) =>
    relatedListModel(project, info, relatedList, fields),
  );
  if (only === undefined) return found;
  const chosen = found.filter(
    ({ relationship }) => relationship.toLowerCase() === only.toLowerCase(),
  );
  return chosen.length > 0 ? chosen : relatedListModel(project, info, only, []);
}

function relatedListModel(
  project: Project,
  info: UiObjectInfo,
  name: string,
  columns: readonly string[],
): RelatedListModel[] {
  const wanted = (RELATED_LISTS[name] ?? name).toLowerCase();
  // A custom list is named by child object and field: `Deal__c.Account__c`.
  const relationship = info.childRelationships.find(
    (one) =>
      one.relationshipName.toLowerCase() === wanted ||
      `${one.childObjectApiName}.${one.fieldName}`.toLowerCase() === wanted,
  );
  if (relationship === undefined) return [];
  const { childObjectApiName, relationshipName } = relationship;
  const object = project.objects.get(childObjectApiName.toLowerCase());
  return [
    {
      relationship: relationshipName,
      label: object?.pluralLabel ?? relationshipName.replace(/__r$/, '').replaceAll('_', ' '),
      icon: iconOf(project, childObjectApiName),
      columns:
        columns.length > 0
          ? columns.map((column) => columnField(column, childObjectApiName))
          : (defaultColumns(childObjectApiName)?.slice(0, 4) ?? ['Name']),
    },
  ];
}
