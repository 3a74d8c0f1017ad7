import { createHash } from 'node:crypto';
import { ApexBlob } from '../../apex/values/blob.ts';
import { ApexDatetime } from '../../apex/values/datetime.ts';
import type { RecordChange, RecordStore, SaveHook } from '../../dml/hooks.ts';
import { textAfter, valueAfter } from '../changes.ts';

/** File types by extension where the name is not the extension in upper case. Documented: Object Reference, ContentVersion.FileType. */
const FILE_TYPES: Readonly<Record<string, string>> = {
  txt: 'TEXT',
  doc: 'WORD',
  docx: 'WORD_X',
  xls: 'EXCEL',
  xlsx: 'EXCEL_X',
  ppt: 'POWER_POINT',
  pptx: 'POWER_POINT_X',
  jpeg: 'JPG',
  htm: 'HTML',
  '': 'UNKNOWN',
};

/**
 * Files. Documented: Object Reference, ContentVersion: the first version makes its document, a version that names a document becomes its latest;
 * ContentDocumentLink: the owner and the first publish location get a link.
 */
export const contentVersionHook: SaveHook = {
  objects: ['ContentVersion'],
  operations: ['insert'],
  prepare(changes, store) {
    for (const change of changes) fillVersion(change, store);
  },
  validate(changes) {
    for (const change of changes) refuseEmpty(change);
  },
  saved(changes, store, { userId }) {
    for (const change of changes) publish(change, store, userId);
  },
};

/**
 * A file has content and a name, a link neither (documented: Object Reference, ContentVersion, what determines FileType). That files without are refused is
 * practitioner knowledge, the texts are inferred.
 */
function refuseEmpty(change: RecordChange): void {
  if (textAfter(change, 'ContentUrl') !== null) return;
  const missing: string[] = [];
  if ((textAfter(change, 'PathOnClient') ?? '').trim() === '') missing.push('PathOnClient');
  const data = valueAfter(change, 'VersionData');
  const hasBody = data instanceof ApexBlob && data.bytes.length > 0;
  if (!hasBody && textAfter(change, 'ContentBodyId') === null) missing.push('VersionData');
  if (missing.length === 0) return;
  change.addError({
    statusCode: 'REQUIRED_FIELD_MISSING',
    message: `Required fields are missing: [${missing.join(', ')}]`,
    fields: missing,
  });
}

function extensionOf(change: RecordChange): string {
  const path = textAfter(change, 'PathOnClient') ?? '';
  return /\.([^./\\]+)$/.exec(path)?.[1] ?? '';
}

function fillVersion(change: RecordChange, store: RecordStore): void {
  const extension = extensionOf(change);
  const data = valueAfter(change, 'VersionData');
  const bytes = data instanceof ApexBlob ? data.bytes : new Uint8Array();
  const documentId = textAfter(change, 'ContentDocumentId');
  const earlier =
    documentId === null ? [] : store.rowsWhere('ContentVersion', 'ContentDocumentId', [documentId]);
  const path = textAfter(change, 'PathOnClient');
  if (textAfter(change, 'Title') === null && path !== null)
    change.after.load('Title', path.replace(/^.*[\\/]/, '').replace(/\.[^.]+$/, ''));
  change.after.load('IsLatest', true);
  change.after.load('VersionNumber', String(earlier.length + 1));
  change.after.load('FileExtension', extension === '' ? null : extension);
  change.after.load('FileType', FILE_TYPES[extension.toLowerCase()] ?? extension.toUpperCase());
  change.after.load('ContentSize', bytes.length);
  change.after.load('Checksum', createHash('md5').update(bytes).digest('hex'));
  change.after.load('PublishStatus', 'R');
  change.after.load('ContentModifiedDate', new ApexDatetime(store.now));
}

function publish(change: RecordChange, store: RecordStore, userId: string): void {
  const versionId = textAfter(change, 'Id') ?? '';
  const known = textAfter(change, 'ContentDocumentId');
  const facts = {
    Title: textAfter(change, 'Title'),
    LatestPublishedVersionId: versionId,
    ContentSize: valueAfter(change, 'ContentSize'),
    FileType: textAfter(change, 'FileType'),
    FileExtension: textAfter(change, 'FileExtension'),
    ContentModifiedDate: new ApexDatetime(store.now),
  };
  if (known !== null) {
    for (const row of store.rowsWhere('ContentVersion', 'ContentDocumentId', [known])) {
      if (row['Id'] !== versionId && row['IsLatest'] === true)
        store.updateRow('ContentVersion', String(row['Id']), { IsLatest: false });
    }
    store.updateRow('ContentDocument', known, facts);
    return;
  }
  const ownerId = textAfter(change, 'OwnerId') ?? userId;
  const documentId = store.insertRow('ContentDocument', {
    ...facts,
    OwnerId: ownerId,
    IsArchived: false,
    PublishStatus: 'R',
    SharingOption: 'A',
    SharingPrivacy: 'N',
  });
  store.updateRow('ContentVersion', versionId, { ContentDocumentId: documentId });
  change.after.load('ContentDocumentId', documentId);
  link(store, documentId, ownerId, 'I');
  const location = textAfter(change, 'FirstPublishLocationId');
  if (location !== null && location !== ownerId) link(store, documentId, location, 'V');
}

function link(store: RecordStore, documentId: string, entityId: string, shareType: string): void {
  store.insertRow('ContentDocumentLink', {
    ContentDocumentId: documentId,
    LinkedEntityId: entityId,
    ShareType: shareType,
    Visibility: 'AllUsers',
  });
}
