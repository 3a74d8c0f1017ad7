import type { Viewer } from '../access/viewer.ts';
import { assumed } from '../inferred/index.ts';
import type { ObjectInfo, SharingModel } from '../schema/contract.ts';
import { guestDefault, isGuest } from './guests.ts';
import type { AccessLevel } from './terms.ts';

/** The organisation-wide default that applies to the viewer; null for objects without sharing. Where nobody wrote it down, it is inferred. */
export function defaultOf(object: ObjectInfo, viewer: Viewer): SharingModel | null {
  const model = statedDefault(object, viewer);
  return isGuest(viewer) ? guestDefault(object, model) : model;
}

function statedDefault(object: ObjectInfo, viewer: Viewer): SharingModel | null {
  const known = viewer.external
    ? (object.externalSharing ?? object.internalSharing)
    : object.internalSharing;
  if (known !== undefined) return known;
  if (object.kind === 'standard' && object.shareObject !== undefined)
    return assumed(viewer, 'unwritten-default') === 'private' ? 'Private' : 'ReadWrite';
  if ([...object.fields.values()].some((field) => field.reference?.masterDetail === true))
    return 'ControlledByParent';
  // Documented: the default of a new custom object is Public Read/Write.
  return object.kind === 'custom' && object.fields.has('ownerid') ? 'ReadWrite' : null;
}

/** Whether the default alone grants a level. */
export function isOpen(model: SharingModel, level: AccessLevel): boolean {
  if (model === 'FullAccess') return true;
  if (model === 'ReadWriteTransfer') return level !== 'delete';
  // Documented: Public Read/Write lets everyone edit; deleting and transferring stay with the owner.
  if (model === 'ReadWrite') return level === 'read' || level === 'edit';
  return model === 'Read' && level === 'read';
}
