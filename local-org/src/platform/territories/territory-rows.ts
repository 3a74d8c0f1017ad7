import type { RecordStore } from '../../dml/hooks.ts';
import type { Component, Project } from '../../project/model.ts';
import { upsertSetupRow } from '../setup/upsert.ts';

/** A territory lies in the folder of its model (documented: Metadata API, Territory2). */
const MODEL_FOLDER = /territory2Models\/([^/]+)\/(?:territories|rules)\//;

/**
 * Writes territory models, types and territories. A new model is being planned; metadata does not activate it (documented: Metadata API, Territory2Model has
 * no state). Levels that a territory does not state are those of the settings (documented: Territory2.accountAccessLevel), else the least.
 */
export function writeTerritories(store: RecordStore, project: Project): void {
  if (store.schema.object('Territory2') === undefined) return;
  const of = (type: string): Component[] =>
    project.components.filter((component) => component.type === type);
  for (const { fullName, xml } of of('Territory2Type'))
    upsertSetupRow(
      store,
      'Territory2Type',
      { DeveloperName: fullName },
      { MasterLabel: xml?.text('name') ?? fullName, Priority: xml?.number('priority') ?? 0 },
    );
  const models = new Map<string, string>();
  for (const { fullName, xml } of of('Territory2Model')) {
    const key = { DeveloperName: fullName };
    const known = store.rowsWhere('Territory2Model', 'DeveloperName', [fullName])[0];
    const fields = { Name: xml?.text('name') ?? fullName, State: known?.['State'] ?? 'Planning' };
    models.set(fullName, upsertSetupRow(store, 'Territory2Model', key, fields));
  }
  const settings = project.settings.get('territory2');
  const territories = of('Territory2');
  const ids = territories.map(({ fullName, file, xml }) => {
    const level = (name: string, least: string): string =>
      xml?.text(`${name}AccessLevel`) ??
      settings?.get(`default${name.slice(0, 1).toUpperCase()}${name.slice(1)}AccessLevel`) ??
      least;
    const type = store.rowsWhere('Territory2Type', 'DeveloperName', [
      xml?.text('territory2Type') ?? '',
    ])[0];
    return upsertSetupRow(
      store,
      'Territory2',
      { DeveloperName: fullName, Territory2ModelId: models.get(modelOf(file)) ?? null },
      {
        Name: xml?.text('name') ?? fullName,
        Territory2TypeId: type?.['Id'] ?? null,
        AccountAccessLevel: level('account', 'Read').replace('Owner', 'All'),
        OpportunityAccessLevel: level('opportunity', 'None'),
        CaseAccessLevel: level('case', 'None'),
        ContactAccessLevel: level('contact', 'None'),
      },
    );
  });
  territories.forEach(({ file, xml }, index) => {
    const parent = xml?.text('parentTerritory')?.split('.').at(-1);
    const ParentTerritory2Id = territories.findIndex(
      (each) => each.fullName === parent && modelOf(each.file) === modelOf(file),
    );
    store.updateRow('Territory2', ids[index] ?? '', {
      ParentTerritory2Id: ids[ParentTerritory2Id] ?? null,
    });
  });
  writeTerritoryGroups(store, ids);
}

function modelOf(file: string): string {
  return MODEL_FOLDER.exec(file.replaceAll('\\', '/'))?.[1] ?? '';
}

/** Every territory has a group of its users, and one of them and those below (documented: Object Reference, Group.Type). */
export function writeTerritoryGroups(store: RecordStore, ids: readonly string[]): void {
  const territories = store.rowsById('Territory2', ids);
  for (const [RelatedId, territory] of territories)
    for (const Type of ['Territory', 'TerritoryAndSubordinates'])
      upsertSetupRow(
        store,
        'Group',
        { RelatedId, Type },
        { DeveloperName: territory['DeveloperName'], DoesIncludeBosses: false },
      );
}
