import { rowError } from '../../dml/errors.ts';
import type { RecordChange, RecordStore, SaveHook } from '../../dml/hooks.ts';
import { forgetGroups } from '../../sharing/forget-groups.ts';
import { TERRITORY_GROUPS } from '../../sharing/territories.ts';
import { OrgStore } from '../../storage/store.ts';
import { textAfter, textOf } from '../changes.ts';
import { writeTerritoryGroups } from './territory-rows.ts';

/**
 * Sales Territories. Documented: Object Reference, Territory2Model, Territory2, UserTerritory2Association, ObjectTerritory2Association; Help, "Territory
 * Model State" (one model is active, new ones are being planned). Assignment of leads is not built, and refused by name. Texts are ours.
 */
export const territoryHook: SaveHook = {
  objects: [
    'Territory2Model',
    'Territory2',
    'UserTerritory2Association',
    'ObjectTerritory2Association',
  ],
  operations: ['insert', 'update', 'delete'],
  prepare(changes) {
    for (const change of changes) {
      if (change.operation !== 'insert') continue;
      const { name } = change.after.object;
      const preset = (field: string, value: unknown): void => {
        if (textAfter(change, field) === null) change.after.load(field, value);
      };
      if (name === 'Territory2Model') preset('State', 'Planning');
      if (name === 'UserTerritory2Association') change.after.load('IsActive', true);
      if (name === 'Territory2') {
        preset('AccountAccessLevel', 'Read');
        for (const object of ['Opportunity', 'Case', 'Contact'])
          preset(`${object}AccessLevel`, 'None');
      }
      if (name === 'ObjectTerritory2Association') {
        preset('AssociationCause', 'Territory2Manual');
        if (textAfter(change, 'ObjectId')?.startsWith('001') === true)
          change.after.load('SobjectType', 'Account');
      }
    }
  },
  validate(changes, store) {
    for (const change of changes) refuse(change, store);
  },
  saved(changes, store) {
    const [first] = changes;
    if (first === undefined || !(store instanceof OrgStore)) return;
    const { name } = first.after.object;
    const ids = changes.flatMap((change) => idsOf(change, 'Id'));
    if (name === 'Territory2' && first.operation === 'insert') writeTerritoryGroups(store, ids);
    // Territories go with their model.
    if (/^Territory2(Model)?$/.test(name) && first.operation === 'delete')
      forgetTerritoryGroups(store);
  },
};

/** Groups of territories that are gone, with what is shared with them. */
function forgetTerritoryGroups(store: OrgStore): void {
  const groups = store.rowsWhere('Group', 'Type', TERRITORY_GROUPS);
  const standing = store.rowsById(
    'Territory2',
    groups.map((row) => String(row['RelatedId'])),
  );
  const gone = groups
    .filter((row) => !standing.has(String(row['RelatedId'])))
    .map((row) => String(row['Id']));
  forgetGroups(store, gone);
  for (const id of gone) store.deleteRow('Group', id);
}

function idsOf(change: RecordChange, field: string): string[] {
  const id = textOf(change.before?.[field]) || textAfter(change, field);
  return id === null || id === '' ? [] : [id];
}

function refuse(change: RecordChange, store: RecordStore): void {
  const { name } = change.after.object;
  const invalid = (field: string, text: string): void => {
    change.addError(
      rowError('FIELD_INTEGRITY_EXCEPTION', `field integrity exception: ${field} (${text})`, [
        field,
      ]),
    );
  };
  if (change.operation === 'delete') return;
  if (name === 'ObjectTerritory2Association') {
    if (textAfter(change, 'ObjectId')?.startsWith('001') !== true)
      invalid('ObjectId', 'assigning anything but accounts to territories is not implemented');
    // Documented: "Rules cause is used by the rules engine when the object is assigned."
    if (textAfter(change, 'AssociationCause') !== 'Territory2Manual')
      invalid('AssociationCause', 'assignments by rules are made by the rules engine');
  }
  if (name === 'Territory2Model' && textAfter(change, 'State') === 'Active') {
    const others = store
      .rowsWhere('Territory2Model', 'State', ['Active'])
      .filter((row) => row['Id'] !== change.before?.['Id']);
    if (others.length > 0) invalid('State', 'only one territory model can be active');
  }
}
