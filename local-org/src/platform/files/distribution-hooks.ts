import { randomBytes } from 'node:crypto';
import type { SaveHook } from '../../dml/hooks.ts';
import { textAfter } from '../changes.ts';

/** Where the local org pretends to publish files. */
const SITE = 'https://local-org.my.salesforce.com';

/** Public links of files. Documented: Object Reference, ContentDistribution: the URLs and the document are the platform's. Nothing is served there. */
export const contentDistributionHook: SaveHook = {
  objects: ['ContentDistribution'],
  operations: ['insert'],
  prepare(changes, store) {
    for (const change of changes) {
      const key = randomBytes(12).toString('base64url');
      const versionId = textAfter(change, 'ContentVersionId') ?? '';
      const version = store.rowsById('ContentVersion', [versionId]).get(versionId);
      change.after.load('ContentDocumentId', version?.['ContentDocumentId'] ?? null);
      change.after.load('DistributionPublicUrl', `${SITE}/sfc/p/#${key}`);
      change.after.load('ContentDownloadUrl', `${SITE}/sfc/dist/version/download/?d=${key}`);
      change.after.load('PdfDownloadUrl', null);
    }
  },
};
