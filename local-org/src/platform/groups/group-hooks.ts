import { insufficientAccess } from '../../dml/errors.ts';
import type { SaveHook } from '../../dml/hooks.ts';
import { PROGRAM_GROUP } from '../../sharing/channel-programs.ts';
import { isManagerGroup } from '../../sharing/managers.ts';
import { isTerritoryGroup } from '../../sharing/territories.ts';
import { textAfter } from '../changes.ts';

/**
 * Groups made through the API are public groups unless they say otherwise, and get a developer name; the platform's own groups of managers, territories and channel programmes are
 * read-only (documented: Object Reference, Group; status and text of the refusal are inferred).
 */
export const groupHook: SaveHook = {
  objects: ['Group'],
  operations: ['insert', 'update', 'delete'],
  prepare(changes) {
    for (const change of changes) {
      if (change.operation !== 'insert') continue;
      if (textAfter(change, 'Type') === null) change.after.load('Type', 'Regular');
      const name = textAfter(change, 'Name');
      if (name === null || textAfter(change, 'DeveloperName') !== null) continue;
      const developerName = name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_|_$/g, '');
      change.after.load(
        'DeveloperName',
        /^[A-Za-z]/.test(developerName) ? developerName : `X${developerName}`,
      );
    }
  },
  validate(changes) {
    for (const change of changes) {
      const type = textAfter(change, 'Type') ?? '';
      if (isManagerGroup(type) || isTerritoryGroup(type) || type === PROGRAM_GROUP)
        change.addError(insufficientAccess());
    }
  },
};
