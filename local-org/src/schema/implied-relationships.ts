import type { ChildRelationshipInfo } from './contract.ts';

/** Children of every object with activities. */
export const ACTIVITY_CHILDREN: readonly ChildRelationshipInfo[] = [
  { name: 'Tasks', childObject: 'Task', field: 'WhatId' },
  { name: 'Events', childObject: 'Event', field: 'WhatId' },
  { name: 'ActivityHistories', childObject: 'ActivityHistory', field: 'WhatId' },
  { name: 'OpenActivities', childObject: 'OpenActivity', field: 'WhatId' },
];

/** Children of every custom object. */
export const RECORD_CHILDREN: readonly ChildRelationshipInfo[] = [
  { name: 'Attachments', childObject: 'Attachment', field: 'ParentId' },
  { name: 'Notes', childObject: 'Note', field: 'ParentId' },
  { name: 'ContentDocumentLinks', childObject: 'ContentDocumentLink', field: 'LinkedEntityId' },
  { name: 'ProcessInstances', childObject: 'ProcessInstance', field: 'TargetObjectId' },
];

/** Lookups of standard objects that reach the project's objects without naming them. */
export const OPEN_LOOKUPS: Readonly<Record<string, string>> = {
  Task: 'WhatId',
  Event: 'WhatId',
  Attachment: 'ParentId',
  Note: 'ParentId',
  ContentDocumentLink: 'LinkedEntityId',
  ProcessInstance: 'TargetObjectId',
  TopicAssignment: 'EntityId',
  FeedItem: 'ParentId',
  EntitySubscription: 'ParentId',
};
