import type { Diagnostic } from './local-org-error.ts';

/**
 * Every error the local org raises on purpose. Codes by room: LO1 project and metadata, LO2 Apex compile, LO3 SOQL,
 * LO4 execution and platform services, LO5 storage, LO6 server and user interface, LO7 command line, LO9 our own defects.
 * Texts of the platform itself (Apex exceptions, compile errors, DML status codes) stand where they are thrown, word for word.
 */
export const Diagnostics = {
  PROJECT_MISSING: {
    code: 'LO1000',
    kind: 'user',
    text: 'No sfdx-project.json in {0}. Run inside a Salesforce DX project, or name one with --project-dir, or plain folders with --source-dir',
  },
  PROJECT_JSON: { code: 'LO1001', kind: 'user', text: 'sfdx-project.json: {0}' },
  PROJECT_FOLDER: { code: 'LO1002', kind: 'user', text: 'The source folder {0} does not exist' },
  PROJECT_XML: { code: 'LO1003', kind: 'user', text: 'Malformed XML: {0}' },
  PROJECT_UNREADABLE: { code: 'LO1004', kind: 'user', text: 'Cannot be read: {0}' },
  /** A JSON file of a site bundle; the text is the JSON reader's. */
  SITE_JSON: { code: 'LO1005', kind: 'user', text: 'Malformed JSON: {0}' },
  /** A metadata file that is well-formed and says something Salesforce would refuse. */
  METADATA_INVALID: { code: 'LO1010', kind: 'user', text: '{0}' },
  METADATA_NOT_IMPLEMENTED: {
    code: 'LO1011',
    kind: 'unsupported',
    text: 'Metadata {0} is not implemented in the local org',
  },
  STATIC_RESOURCE_FOLDER: {
    code: 'LO1030',
    kind: 'unsupported',
    text: 'The static resource {0} is a folder; reading it as the zip file that Salesforce makes of it is not implemented in the local org',
  },
  METADATA_REFERENCE: {
    code: 'LO1020',
    kind: 'user',
    text: 'The metadata names the {0} {1}, which neither the project nor the platform has',
  },
  METADATA_VALUE: { code: 'LO1021', kind: 'user', text: "'{0}' is no value for {1} of type {2}" },
  /** An Apex compile problem; the text is the platform's. */
  APEX_COMPILE: { code: 'LO2000', kind: 'user', text: '{0}' },
  APEX_NOT_IMPLEMENTED: {
    code: 'LO2001',
    kind: 'unsupported',
    text: '{0} is known to the compiler but not implemented in the local org',
  },
  APEX_SYNTAX_NOT_IMPLEMENTED: {
    code: 'LO2002',
    kind: 'unsupported',
    text: 'Apex syntax {0} is not implemented in the local org',
  },
  SOQL_NOT_IMPLEMENTED: {
    code: 'LO3001',
    kind: 'unsupported',
    text: 'SOQL {0} is not implemented in the local org',
  },
  FORMULA_INVALID: {
    code: 'LO1030',
    kind: 'user',
    text: 'The formula of {0} is wrong at position {1}: {2}',
  },
  FORMULA_NOT_IMPLEMENTED: {
    code: 'LO1031',
    kind: 'unsupported',
    text: 'The formula of {0} uses {1}, which is not implemented in the local org',
  },
  STORAGE_CORRUPT: {
    code: 'LO5001',
    kind: 'user',
    text: 'The database {0} is damaged or no database ({1}). `npx local-org org reset` starts over',
  },
  STORAGE_BUSY: {
    code: 'LO5002',
    kind: 'user',
    text: 'The database {0} is locked by another process. Stop it first',
  },
  STORAGE_RIGHTS: {
    code: 'LO5003',
    kind: 'user',
    text: 'Cannot open or write the database {0}: {1}',
  },
  STORAGE_FULL: { code: 'LO5004', kind: 'user', text: 'No room left to write the database {0}' },
  STORAGE_PREFIX: {
    code: 'LO5005',
    kind: 'unsupported',
    text: 'Records of {0} cannot be stored in the local org: nobody wrote down its key prefix',
  },
  DML_NOT_IMPLEMENTED: {
    code: 'LO4010',
    kind: 'unsupported',
    text: 'DML {0} is not implemented in the local org',
  },
  /** A Lightning web component that does not compile; the text is the LWC compiler's. */
  COMPONENT_COMPILE: { code: 'LO6000', kind: 'user', text: '{0}' },
  COMPONENT_UNKNOWN: {
    code: 'LO6001',
    kind: 'user',
    text: 'There is no component {0} in the project',
  },
  COMPONENT_LABEL: {
    code: 'LO6002',
    kind: 'user',
    text: 'There is no custom label {0} in the project',
  },
  COMPONENT_RESOURCE: { code: 'LO6003', kind: 'user', text: 'There is no {0} {1} in the project' },
  COMPONENT_IMPORT: { code: 'LO6004', kind: 'user', text: 'Cannot find the import {0}' },
  MODULE_NOT_AVAILABLE: {
    code: 'LO6005',
    kind: 'unsupported',
    text: '{0} is not available in the local org',
  },
  SERVER_PORT: {
    code: 'LO6010',
    kind: 'user',
    text: 'Port {0} is in use: choose another with --port',
  },
  SERVER_LISTEN: { code: 'LO6011', kind: 'user', text: 'Cannot listen on 127.0.0.1:{0}: {1}' },
  CACHE_FOLDER: {
    code: 'LO6012',
    kind: 'user',
    text: 'Cannot write the component cache in {0}: {1}',
  },
  JOB_STATE: {
    code: 'LO4003',
    kind: 'unsupported',
    text: 'A job cannot carry a value of type {0} into its own transaction in the local org',
  },
  DEMO_DATA: { code: 'LO4004', kind: 'user', text: 'Demo data: {0}' },
  SCRATCH_DEFINITION: {
    code: 'LO4005',
    kind: 'user',
    text: 'The scratch org definition is no JSON: {0}',
  },
  WORKER_STOPPED: {
    code: 'LO4001',
    kind: 'internal',
    text: 'The org worker stopped: {0}. The transaction that was running is undone; the org goes on',
  },
  WORKER_HUNG: {
    code: 'LO4002',
    kind: 'user',
    text: '{0} did not end within {1} seconds and was stopped; its changes are undone',
  },
  FOLDER_MISSING: { code: 'LO7001', kind: 'user', text: 'There is no folder {0}' },
  NOT_A_FOLDER: { code: 'LO7002', kind: 'user', text: '{0} is not a folder' },
  NO_PROJECT: {
    code: 'LO7003',
    kind: 'user',
    text: '{0} holds no sfdx-project.json. Name a Salesforce DX project with --project-dir, or plain source folders with --source-dir',
  },
  NO_SUCH_USER: {
    code: 'LO7004',
    kind: 'user',
    text: 'The org has no active user with the user name {0}',
  },
  /** Of two transactions that are to meet. */
  RACE_SOURCE: { code: 'LO7023', kind: 'user', text: '{0} does not compile: {1}' },
  NO_SUCH_TEST: { code: 'LO7005', kind: 'user', text: 'There is no test {0}' },
  FILE_UNREADABLE: { code: 'LO7006', kind: 'user', text: 'Cannot read {0}: {1}' },
  ORG_IN_USE: {
    code: 'LO7008',
    kind: 'user',
    text: 'The org in {0} is in use by another local-org (process {1}). Stop it first',
  },
  SERVER_REFUSED: {
    code: 'LO7009',
    kind: 'user',
    text: 'The running local org did not answer: {0}',
  },
  OWN_SOURCE: {
    code: 'LO7010',
    kind: 'user',
    text: 'The org in {0} runs what was deployed to it. Deploy with `sf project deploy start`, or let it run the project again with `npx local-org org reset`',
  },
  NO_RUNNING_ORG: {
    code: 'LO7011',
    kind: 'user',
    text: 'No local org runs on {0}. Start one with `npx local-org start`',
  },
  NO_SALESFORCE_CLI: {
    code: 'LO7012',
    kind: 'user',
    text: 'The Salesforce CLI was not found in the project. Install it with `npm install --save-dev @salesforce/cli`',
  },
  NO_USER_NAMED: {
    code: 'LO7014',
    kind: 'user',
    text: 'The org has no user with the user name {0}',
  },
  NO_SUCH_OBJECT: { code: 'LO7015', kind: 'user', text: 'The org has no object {0}' },
  PREVIEW_MISSING: { code: 'LO7016', kind: 'user', text: 'The org has no {0} {1}' },
  PREVIEW_REFUSED: {
    code: 'LO7017',
    kind: 'user',
    text: 'The contact cannot be made a user: {0}. Nothing was changed',
  },
  PREVIEW_WHOM: {
    code: 'LO7018',
    kind: 'user',
    text: 'Name a user with --as-user, or a contact with --as-contact and --profile',
  },
  PREVIEW_PROFILE: {
    code: 'LO7019',
    kind: 'user',
    text: 'A contact gets a profile: name it with --profile',
  },
  ASSUMPTION_NAME: {
    code: 'LO7020',
    kind: 'user',
    text: 'There is no assumption {0}. There are {1}',
  },
  ASSUMPTION_ANSWER: {
    code: 'LO7021',
    kind: 'user',
    text: 'The assumption {0} has no answer {1}. There are {2}',
  },
  ASSUMPTION_RUNNING: {
    code: 'LO7022',
    kind: 'user',
    text: 'The org runs already, with answers of its own. Stop it, or start it with --assume',
  },
  SALESFORCE_CLI: { code: 'LO7013', kind: 'user', text: 'The Salesforce CLI failed: {0}' },
  INTERNAL: { code: 'LO9000', kind: 'internal', text: 'Defect in the local org: {0}' },
} as const satisfies Record<string, Diagnostic>;
