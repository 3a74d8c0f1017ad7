import type { SaveHook } from '../../dml/hooks.ts';
import { textAfter } from '../changes.ts';

/** Groups made through the API are public groups unless they say otherwise, and get a developer name (documented: Object Reference, Group). */
export const groupHook: SaveHook = {
  objects: ['Group'],
  operations: ['insert'],
  prepare(changes) {
    for (const change of changes) {
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
};
