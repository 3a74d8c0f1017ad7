import type { Project } from '../../project/model.ts';
import type { UiObjectInfo } from '../contract.ts';
import type { ActionModel } from './model.ts';

/** Labels of standard actions that layouts name. */
const STANDARD_ACTIONS: Readonly<Record<string, string>> = {
  Edit: 'Edit',
  Delete: 'Delete',
  Clone: 'Clone',
  ChangeOwnerOne: 'Change Owner',
  ChangeRecordType: 'Change Record Type',
  Share: 'Sharing',
  Submit: 'Submit for Approval',
  PrintableView: 'Printable View',
  EnableAsPartner: 'Enable As Partner',
  DisablePartnerAccount: 'Disable Partner Account',
};

/** Standard actions that the shell has a component for. */
const SHELL_ACTIONS: Readonly<Record<string, string>> = {
  Edit: 'shell/editRecord',
  ChangeOwnerOne: 'shell/changeOwner',
};

/** One action by name, as a button. What the local org cannot run is shown and says so. */
export function actionModel(project: Project, name: string): ActionModel {
  const action = project.quickActions.get(name.toLowerCase());
  if (action === undefined) {
    const label = STANDARD_ACTIONS[name] ?? name.replace(/^.*\./, '').replaceAll('_', ' ');
    const specifier = SHELL_ACTIONS[name];
    if (specifier !== undefined) {
      return { name, label, specifier, headless: false, unsupported: null };
    }
    return {
      name,
      label,
      specifier: null,
      headless: false,
      unsupported: `${label} is not available in the local org`,
    };
  }
  const bundle = project.lwcBundles.get((action.lightningWebComponent ?? '').toLowerCase());
  const headless =
    action.actionSubtype === 'Action' ||
    bundle?.targetConfigs.some(({ actionType }) => actionType === 'Action') === true;
  const unsupported = (reason: string): ActionModel => ({
    name,
    label: action.label,
    specifier: null,
    headless,
    unsupported: reason,
  });
  if (action.type !== 'LightningWebComponent')
    return unsupported(`Quick actions of type ${action.type} are not available in the local org`);
  if (bundle === undefined)
    return unsupported(
      `There is no component ${action.lightningWebComponent ?? ''} in the project`,
    );
  return { name, label: action.label, specifier: `c/${bundle.name}`, headless, unsupported: null };
}

/** Actions of an object's records: those of its layout, else all its quick actions and the standard ones. */
export function recordActions(project: Project, info: UiObjectInfo): ActionModel[] {
  const layouts = [...project.layouts.values()].filter(({ object }) => object === info.apiName);
  const names = layouts.find(({ platformActions }) => platformActions.length > 0)?.platformActions;
  const all = [...project.quickActions.values()]
    .filter(({ object }) => object === info.apiName)
    .map(({ name }) => name);
  if (info.updateable) all.push('Edit');
  if (info.updateable && info.fields['OwnerId'] !== undefined) all.push('ChangeOwnerOne');
  return (names ?? all).map((name) => actionModel(project, name));
}
