import type { SiteSessionMark } from '../platform/networks/ended-sessions.ts';
import type { DmlRowError } from '../execution/contract.ts';

/**
 * What the HTTP server asks of the running org. The org lives in its own worker, so everything is asynchronous and every
 * value is plain data that survives `structuredClone`. Each call names its session: there is no ambient user. Reads and writes
 * through this interface act in user mode with sharing, as the platform's UI API and REST API do.
 *
 * Refusals are not exceptions of JavaScript: a method that can be refused rejects with {@link PlatformFault} (build it with
 * `new PlatformFault({...})`); whatever else it rejects with is a defect of ours and answered as status 500.
 */
export interface OrgGateway {
  /** Name, id and locale of the organization, for the header, the REST API and number formats. */
  organization(): Promise<OrganizationInfo>;
  /** Who a browser is that never logged in: the org's administrator. */
  defaultUserId(): Promise<string>;
  /** The user of an access token (`<org id>!<user id or user name>`), for the REST API; null when it names nobody active. */
  sessionForToken(token: string): Promise<Session | null>;
  /** Facts about the session's user; null when there is no such active user (any more). */
  currentUser(session: Session): Promise<CurrentUser | null>;
  /** All users of the org, for *Log in as*. Not filtered by what the session may see: it is a tool of the local org. */
  loginUsers(): Promise<readonly LoginUser[]>;

  /** Calls an `@AuraEnabled` method. */
  invokeApex(session: Session, call: ApexCall): Promise<ApexOutcome>;

  /** A record as the UI API answers it. Rejects with 404 (`NOT_FOUND`) when the user cannot see it. */
  getRecord(session: Session, request: RecordRequest): Promise<UiRecord>;
  createRecord(session: Session, objectApiName: string, fields: FieldValues): Promise<UiRecord>;
  updateRecord(session: Session, recordId: string, fields: FieldValues): Promise<UiRecord>;
  deleteRecord(session: Session, recordId: string): Promise<void>;
  /** One page of an object's records, or of a related list. */
  listRecords(session: Session, request: ListRequest): Promise<RecordList>;
  /** The object as the UI API's object-info resource describes it, for this user. 404 when there is none. */
  objectInfo(session: Session, objectApiName: string): Promise<UiObjectInfo>;
  /** The object's picklists with the values that one of its record types leaves; 404 for another record type. */
  picklistFields(
    session: Session,
    objectApiName: string,
    recordTypeId: string,
  ): Promise<readonly UiFieldInfo[]>;
  /** The API name of the object that an Id belongs to; null when the key prefix is nobody's. */
  objectOfId(recordId: string): Promise<string | null>;

  /** Runs SOQL for the REST API; records in its JSON form with `attributes`. */
  query(session: Session, soql: string): Promise<RestQueryResult>;
  /** `sobjects/<object>/<id>` in the REST API's JSON form; all readable fields when `fields` is null. */
  restRecord(
    session: Session,
    objectApiName: string,
    recordId: string,
    fields: readonly string[] | null,
  ): Promise<JsonObject>;
  /** `sobjects/<object>/describe`. */
  restDescribe(session: Session, objectApiName: string): Promise<JsonObject>;
  /** `sobjects/`: names and labels of all objects. */
  restObjects(session: Session): Promise<JsonObject>;
  /** Anything under `/services/apexrest/`. */
  apexRest(session: Session, request: ApexRestRequest): Promise<ApexRestResponse>;

  /** Experience Cloud sites that can be visited. */
  sites(): Promise<readonly SiteInfo[]>;
  /** Logs in to a site by user name and password. */
  siteLogin(networkId: string, username: string, password: string): Promise<SiteLoginOutcome>;
  /** Sends the mail with the link to choose a new password, if there is such a user. */
  siteForgotPassword(networkId: string, username: string): Promise<void>;
  /** Chooses a new password by the ticket of that link, and logs in. */
  siteChangePassword(
    networkId: string,
    ticket: string,
    password: string,
  ): Promise<SiteLoginOutcome>;
  /** The user that `Site.login` logged in; null when the ticket is no good. */
  siteFrontDoor(networkId: string, ticket: string): Promise<string | null>;
  /** *Log in to Experience as User*. Rejects with 403 or 404 where the session's user may not. */
  logInToSite(session: Session, networkId: string, userId: string): Promise<void>;
  /**
   * Whether a user may use a site now: active, not frozen, member. Asked at every request of a session, with that session: a new
   * password ends the sessions before it, logging out this one.
   */
  maySeeSite(networkId: string, userId: string, session?: SiteSessionMark): Promise<boolean>;
  /** Logs out of a session of a site. */
  endSiteSession(session: SiteSessionMark): Promise<void>;

  /** Mails that Apex sent, newest first. */
  outbox(): Promise<readonly OutboxMail[]>;
  /** Debug logs of recent transactions, newest first, without their text. */
  debugLogs(): Promise<readonly DebugLogEntry[]>;
  /** The text of one debug log; null when it is gone. */
  debugLog(id: string): Promise<string | null>;
  /** What was deployed and what was not understood, for the setup page. */
  deployment(): Promise<DeploymentReport>;
}

/** Who acts. */
export interface Session {
  readonly userId: string;
  /** The Experience Cloud site that it is a session of; absent for Lightning Experience and the API. */
  readonly networkId?: string;
}

/** Plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export interface OrganizationInfo {
  readonly id: string;
  readonly name: string;
  /** `67.0` */
  readonly apiVersion: string;
}

export interface CurrentUser {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly email: string | null;
  readonly profileName: string;
  readonly userType: string;
  readonly locale: string;
  readonly language: string;
  readonly timeZone: string;
  /** API names of the custom and user permissions that are granted. */
  readonly customPermissions: readonly string[];
  readonly userPermissions: readonly string[];
}

export interface LoginUser {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly profileName: string;
  readonly roleName: string | null;
  readonly userType: string;
  readonly isActive: boolean;
}

/** An Experience Cloud site. */
export interface SiteInfo {
  readonly networkId: string;
  readonly siteId: string | null;
  readonly name: string;
  /** `partners`: the first part of its addresses. */
  readonly prefix: string;
  /** Name of its bundle in the project. */
  readonly bundle: string;
  /** Published; others answer administrators only. */
  readonly isLive: boolean;
  /** Who visits without logging in. */
  readonly guestUserId: string | null;
}

/** A log-in, or the message that the login page shows. */
export type SiteLoginOutcome =
  { readonly ok: true; readonly userId: string } | { readonly ok: false; readonly message: string };

export interface ApexCall {
  readonly className: string;
  readonly methodName: string;
  readonly parameters: JsonObject;
  /** Wires may call only `cacheable=true` methods, and those may not write. */
  readonly fromWire: boolean;
}

/** `cacheable` says whether the method is, so that the browser may keep the answer. */
export type ApexOutcome =
  | { readonly ok: true; readonly value: Json; readonly cacheable: boolean }
  | { readonly ok: false; readonly status: number; readonly body: ApexErrorBody };

/** What a component finds in `error.body`. `pageErrors` and `fieldErrors` come with uncaught DML exceptions. */
export interface ApexErrorBody {
  readonly message: string;
  readonly exceptionType?: string;
  readonly isUserDefinedException?: boolean;
  readonly stackTrace?: string;
  readonly [name: string]: Json | undefined;
}

export interface RecordRequest {
  readonly recordId: string;
  /** `Account.Name`, `Account.Owner.Name`. Those the user cannot see refuse; optional ones are left out. */
  readonly fields: readonly string[];
  readonly optionalFields: readonly string[];
}

export interface UiFieldValue {
  /** What a person reads, in the user's locale; null where the value itself is readable. */
  readonly displayValue: string | null;
  /** A nested record for relationships. */
  readonly value: Json | UiRecord;
}

export interface UiRecord {
  readonly apiName: string;
  readonly id: string;
  readonly fields: { readonly [field: string]: UiFieldValue };
  readonly childRelationships: JsonObject;
  readonly recordTypeId: string | null;
  readonly recordTypeInfo: JsonObject | null;
  readonly lastModifiedById: string | null;
  readonly lastModifiedDate: string | null;
  readonly systemModstamp: string | null;
}

export type FieldValues = { readonly [field: string]: Json };

export interface ListRequest {
  readonly objectApiName: string;
  /** Field paths relative to the object: `Name`, `Owner.Name`. Unknown ones refuse by name. */
  readonly columns: readonly string[];
  /** Restricts to children: `{ field: 'AccountId', id: '001…' }`. */
  readonly parent: { readonly field: string; readonly id: string } | null;
  /** Restricts to what the list view of this name filters; null for all. */
  readonly listView: string | null;
  /** Text that the record's name, or another text column, contains. */
  readonly search: string | null;
  readonly sortBy: string | null;
  readonly sortDirection: 'asc' | 'desc';
  readonly offset: number;
  readonly limit: number;
}

export interface RecordList {
  readonly records: readonly UiRecord[];
  readonly total: number;
}

export interface UiObjectInfo {
  readonly apiName: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string | null;
  readonly custom: boolean;
  readonly queryable: boolean;
  readonly searchable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly nameFields: readonly string[];
  readonly defaultRecordTypeId: string | null;
  readonly recordTypeInfos: JsonObject;
  readonly fields: { readonly [field: string]: UiFieldInfo };
  readonly childRelationships: readonly UiChildRelationship[];
}

export interface UiFieldInfo {
  readonly apiName: string;
  readonly label: string;
  /** As the UI API names types: `String`, `Reference`, `Currency`, `DateTime`, `Picklist` … */
  readonly dataType: string;
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly required: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly sortable: boolean;
  readonly filterable: boolean;
  readonly calculated: boolean;
  readonly custom: boolean;
  readonly nameField: boolean;
  readonly unique: boolean;
  readonly htmlFormatted: boolean;
  readonly inlineHelpText: string | null;
  readonly reference: boolean;
  readonly referenceToInfos: readonly {
    readonly apiName: string;
    readonly nameFields: readonly string[];
  }[];
  readonly relationshipName: string | null;
  /** Not in the UI API's object info; what its picklist-values resource answers. Empty for other types. */
  readonly picklistValues: readonly {
    readonly value: string;
    readonly label: string;
    readonly default: boolean;
  }[];
}

export interface UiChildRelationship {
  readonly relationshipName: string;
  readonly childObjectApiName: string;
  readonly fieldName: string;
}

export interface RestQueryResult {
  readonly totalSize: number;
  readonly done: boolean;
  readonly records: readonly JsonObject[];
}

export interface ApexRestRequest {
  readonly method: string;
  /** After `/services/apexrest`, with its leading slash, decoded. */
  readonly path: string;
  readonly query: { readonly [name: string]: string };
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
}

export interface ApexRestResponse {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
}

export interface OutboxMail {
  readonly id: string;
  readonly sentAt: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly textBody: string | null;
  readonly htmlBody: string | null;
}

export interface DebugLogEntry {
  readonly id: string;
  readonly startedAt: string;
  readonly userName: string;
  /** What ran: `PartnerAccountController.enable`, `Anonymous`, `AccountTrigger` … */
  readonly operation: string;
  /** `Success`, or the message of what went wrong. */
  readonly status: string;
  readonly durationMs: number;
  readonly length: number;
}

export interface DeploymentReport {
  readonly components: readonly {
    readonly type: string;
    readonly count: number;
    readonly supported: boolean;
  }[];
  readonly warnings: readonly string[];
  readonly problems: readonly string[];
}

export interface PlatformFaultDetails {
  /** HTTP status: 400, 401, 403, 404, 409, 500, 501. */
  readonly status: number;
  /** The platform's code: `NOT_FOUND`, `MALFORMED_QUERY`, `INVALID_FIELD`, `INSUFFICIENT_ACCESS` … */
  readonly errorCode: string;
  readonly message: string;
  /** Rows of a refused save. */
  readonly rows?: readonly DmlRowError[];
}

/** A refusal in the platform's words. Its details are plain data, so that they can cross from the worker. */
export class PlatformFault extends Error {
  override readonly name = 'PlatformFault';
  readonly details: PlatformFaultDetails;

  constructor(details: PlatformFaultDetails) {
    super(details.message);
    this.details = details;
  }
}
