import { PlatformFault } from '../../src/server/contract.ts';
import type {
  ApexCall,
  ApexOutcome,
  ListRequest,
  OrgGateway,
  RecordRequest,
  Session,
  UiFieldInfo,
  UiObjectInfo,
  UiRecord,
} from '../../src/server/contract.ts';

/** The administrator, and somebody with less. */
export const ADMIN = '005000000000001AAA';
export const CHANNEL_MANAGER = '005000000000002AAA';
export const INACTIVE_USER = '005000000000003AAA';
export const ACME = '001000000000001AAA';
export const GLOBEX = '001000000000002AAA';
/** Only the administrator sees it. */
export const SECRET = '001000000000003AAA';

function field(
  apiName: string,
  dataType = 'String',
  extra: Partial<UiFieldInfo> = {},
): UiFieldInfo {
  return {
    apiName,
    label: apiName.replace(/([a-z])([A-Z])/g, '$1 $2'),
    dataType,
    length: 255,
    precision: 0,
    scale: 0,
    required: false,
    createable: true,
    updateable: true,
    sortable: true,
    filterable: true,
    calculated: false,
    custom: false,
    nameField: apiName === 'Name',
    unique: false,
    htmlFormatted: false,
    inlineHelpText: null,
    reference: false,
    referenceToInfos: [],
    relationshipName: null,
    picklistValues: [],
    ...extra,
  };
}

const owner = field('OwnerId', 'Reference', {
  label: 'Owner ID',
  reference: true,
  relationshipName: 'Owner',
  referenceToInfos: [{ apiName: 'User', nameFields: ['Name'] }],
});

function info(apiName: string, keyPrefix: string, fields: readonly UiFieldInfo[]): UiObjectInfo {
  return {
    apiName,
    label: apiName,
    labelPlural: `${apiName}s`,
    keyPrefix,
    custom: false,
    queryable: true,
    searchable: true,
    createable: true,
    updateable: true,
    deletable: true,
    nameFields: ['Name'],
    defaultRecordTypeId: null,
    recordTypeInfos: {},
    fields: Object.fromEntries(fields.map((one) => [one.apiName, one])),
    childRelationships:
      apiName === 'Account'
        ? [{ relationshipName: 'Contacts', childObjectApiName: 'Contact', fieldName: 'AccountId' }]
        : [],
  };
}

const OBJECTS: readonly UiObjectInfo[] = [
  info('Account', '001', [
    field('Id', 'Reference'),
    field('Name'),
    field('Phone', 'Phone'),
    field('Website', 'Url'),
    field('AnnualRevenue', 'Currency'),
    field('IsPartner', 'Boolean'),
    field('Industry', 'Picklist', {
      picklistValues: [{ value: 'Energy', label: 'Energy', default: true }],
    }),
    field('Type'),
    owner,
  ]),
  info('Contact', '003', [field('Id', 'Reference'), field('Name'), field('Email', 'Email'), owner]),
  info('User', '005', [field('Id', 'Reference'), field('Name'), field('Username')]),
];

type Row = Readonly<Record<string, string | number | boolean | null>>;

/** A gateway over a few records in memory: what the server's own tests need, and no more. */
export class FakeOrg implements OrgGateway {
  readonly rows = new Map<string, Row>([
    [
      ACME,
      {
        Id: ACME,
        Name: 'Acme',
        Phone: '+49 30 1',
        Website: 'https://acme.example',
        AnnualRevenue: 1_250_000,
        IsPartner: false,
        Industry: 'Energy',
        Type: 'Prospect',
        OwnerId: ADMIN,
      },
    ],
    [
      GLOBEX,
      {
        Id: GLOBEX,
        Name: 'Globex',
        Phone: null,
        Website: null,
        AnnualRevenue: null,
        IsPartner: true,
        Industry: null,
        Type: null,
        OwnerId: CHANNEL_MANAGER,
      },
    ],
    [
      SECRET,
      {
        Id: SECRET,
        Name: 'Secret',
        Phone: null,
        Website: null,
        AnnualRevenue: null,
        IsPartner: false,
        Industry: null,
        Type: null,
        OwnerId: ADMIN,
      },
    ],
    [
      '003000000000001AAA',
      {
        Id: '003000000000001AAA',
        Name: 'Ann Lee',
        Email: 'ann@acme.example',
        AccountId: ACME,
        OwnerId: ADMIN,
      },
    ],
    [ADMIN, { Id: ADMIN, Name: 'Ada Admin', Username: 'ada@local.example' }],
    [CHANNEL_MANAGER, { Id: CHANNEL_MANAGER, Name: 'Cho Manager', Username: 'cho@local.example' }],
  ]);
  readonly apexCalls: { readonly session: Session; readonly call: ApexCall }[] = [];
  apexAnswer: ApexOutcome = { ok: true, value: 'done', cacheable: false };
  failWith: Error | null = null;

  organization(): Promise<{ id: string; name: string; apiVersion: string }> {
    return Promise.resolve({ id: '00D000000000001AAA', name: 'Test Org', apiVersion: '67.0' });
  }

  defaultUserId(): Promise<string> {
    return Promise.resolve(ADMIN);
  }

  sessionForToken(token: string): Promise<Session | null> {
    return Promise.resolve(token === `00D000000000001AAA!${ADMIN}` ? { userId: ADMIN } : null);
  }

  currentUser({ userId }: Session): ReturnType<OrgGateway['currentUser']> {
    const row = this.rows.get(userId);
    if (row === undefined || !userId.startsWith('005')) return Promise.resolve(null);
    return Promise.resolve({
      id: userId,
      name: String(row['Name']),
      username: String(row['Username']),
      email: null,
      profileName: userId === ADMIN ? 'System Administrator' : 'Standard User',
      userType: 'Standard',
      locale: 'en_US',
      language: 'en_US',
      timeZone: 'Europe/Berlin',
      customPermissions: userId === ADMIN ? ['Enable_Partner_Accounts'] : [],
      userPermissions: [],
    });
  }

  loginUsers(): ReturnType<OrgGateway['loginUsers']> {
    const user = (
      id: string,
      name: string,
      isActive: boolean,
    ): Awaited<ReturnType<OrgGateway['loginUsers']>>[number] => ({
      id,
      name,
      username: `${name.toLowerCase().replace(' ', '.')}@local.example`,
      profileName: id === ADMIN ? 'System Administrator' : 'Standard User',
      roleName: id === ADMIN ? 'CEO' : null,
      userType: 'Standard',
      isActive,
    });
    return Promise.resolve([
      user(ADMIN, 'Ada Admin', true),
      user(CHANNEL_MANAGER, 'Cho Manager', true),
      user(INACTIVE_USER, 'Ian Gone', false),
    ]);
  }

  sites(): ReturnType<OrgGateway['sites']> {
    return Promise.resolve([]);
  }

  siteLogin(): ReturnType<OrgGateway['siteLogin']> {
    return Promise.resolve({ ok: false, message: 'There are no sites here' });
  }

  siteForgotPassword(): Promise<void> {
    return Promise.resolve();
  }

  siteChangePassword(): ReturnType<OrgGateway['siteChangePassword']> {
    return Promise.resolve({ ok: false, message: 'There are no sites here' });
  }

  siteFrontDoor(): Promise<string | null> {
    return Promise.resolve(null);
  }

  logInToSite(): Promise<void> {
    return Promise.reject(notFound());
  }

  maySeeSite(): Promise<boolean> {
    return Promise.resolve(false);
  }

  endSiteSession(): Promise<void> {
    return Promise.resolve();
  }

  invokeApex(session: Session, call: ApexCall): Promise<ApexOutcome> {
    if (this.failWith !== null) return Promise.reject(this.failWith);
    this.apexCalls.push({ session, call });
    return Promise.resolve(this.apexAnswer);
  }

  getRecord(
    session: Session,
    { recordId, fields, optionalFields }: RecordRequest,
  ): Promise<UiRecord> {
    const row = this.#visible(session, recordId);
    if (row === undefined) return Promise.reject(notFound());
    const unknown = fields.find(
      (path) => !(path.split('.')[1] ?? '').concat('') || !this.#has(row, path.split('.')[1] ?? ''),
    );
    if (unknown !== undefined) {
      return Promise.reject(
        new PlatformFault({
          status: 400,
          errorCode: 'INVALID_FIELD',
          message: `No such column ${unknown}`,
        }),
      );
    }
    return Promise.resolve(
      this.#toRecord(
        row,
        [...fields, ...optionalFields].map((path) => path.split('.').slice(1).join('.')),
      ),
    );
  }

  createRecord(
    _session: Session,
    objectApiName: string,
    fields: Readonly<Record<string, unknown>>,
  ): Promise<UiRecord> {
    if (fields['Name'] === undefined) {
      const rows = [
        {
          statusCode: 'REQUIRED_FIELD_MISSING',
          message: 'Required fields are missing: [Name]',
          fields: ['Name'],
        },
      ];
      return Promise.reject(
        new PlatformFault({
          status: 400,
          errorCode: 'REQUIRED_FIELD_MISSING',
          message: 'Required fields are missing: [Name]',
          rows,
        }),
      );
    }
    const id = `${this.#info(objectApiName)?.keyPrefix ?? ''}000000000009AAA`;
    this.rows.set(id, { ...(fields as Row), Id: id, OwnerId: ADMIN });
    return Promise.resolve(this.#toRecord(this.rows.get(id) ?? {}, ['Name']));
  }

  updateRecord(
    session: Session,
    recordId: string,
    fields: Readonly<Record<string, unknown>>,
  ): Promise<UiRecord> {
    const row = this.#visible(session, recordId);
    if (row === undefined) return Promise.reject(notFound());
    this.rows.set(recordId, { ...row, ...(fields as Row) });
    return Promise.resolve(this.#toRecord(this.rows.get(recordId) ?? {}, Object.keys(fields)));
  }

  deleteRecord(session: Session, recordId: string): Promise<void> {
    if (this.#visible(session, recordId) === undefined) return Promise.reject(notFound());
    this.rows.delete(recordId);
    return Promise.resolve();
  }

  listRecords(session: Session, request: ListRequest): ReturnType<OrgGateway['listRecords']> {
    const prefix = this.#info(request.objectApiName)?.keyPrefix ?? '';
    const found = [...this.rows.values()]
      .filter(
        (row) =>
          String(row['Id']).startsWith(prefix) &&
          this.#visible(session, String(row['Id'])) !== undefined,
      )
      .filter((row) => request.parent === null || row[request.parent.field] === request.parent.id)
      .filter((row) =>
        String(row['Name'])
          .toLowerCase()
          .includes((request.search ?? '').toLowerCase()),
      );
    if (request.sortBy !== null)
      found.sort((a, b) =>
        String(a[request.sortBy ?? '']).localeCompare(String(b[request.sortBy ?? ''])),
      );
    if (request.sortDirection === 'desc') found.reverse();
    const page = found.slice(request.offset, request.offset + request.limit);
    return Promise.resolve({
      records: page.map((row) => this.#toRecord(row, request.columns)),
      total: found.length,
    });
  }

  objectInfo(_session: Session, objectApiName: string): Promise<UiObjectInfo> {
    const found = this.#info(objectApiName);
    return found === undefined ? Promise.reject(notFound()) : Promise.resolve(found);
  }

  picklistFields(
    _session: Session,
    objectApiName: string,
  ): ReturnType<OrgGateway['picklistFields']> {
    const found = Object.values(this.#info(objectApiName)?.fields ?? {});
    return Promise.resolve(found.filter(({ picklistValues }) => picklistValues.length > 0));
  }

  objectOfId(recordId: string): Promise<string | null> {
    return Promise.resolve(
      OBJECTS.find(({ keyPrefix }) => keyPrefix === recordId.slice(0, 3))?.apiName ?? null,
    );
  }

  query(_session: Session, soql: string): ReturnType<OrgGateway['query']> {
    if (!soql.startsWith('SELECT')) {
      return Promise.reject(
        new PlatformFault({
          status: 400,
          errorCode: 'MALFORMED_QUERY',
          message: `unexpected token: ${soql}`,
        }),
      );
    }
    return Promise.resolve({
      totalSize: 1,
      done: true,
      records: [{ attributes: { type: 'Account' }, Name: 'Acme' }],
    });
  }

  restRecord(
    session: Session,
    _objectApiName: string,
    recordId: string,
  ): ReturnType<OrgGateway['restRecord']> {
    const row = this.#visible(session, recordId);
    return row === undefined
      ? Promise.reject(notFound())
      : Promise.resolve({ attributes: { type: 'Account' }, ...row });
  }

  restDescribe(_session: Session, objectApiName: string): ReturnType<OrgGateway['restDescribe']> {
    return Promise.resolve({ name: objectApiName });
  }

  restObjects(): ReturnType<OrgGateway['restObjects']> {
    return Promise.resolve({ sobjects: OBJECTS.map(({ apiName }) => ({ name: apiName })) });
  }

  apexRest(
    _session: Session,
    request: Parameters<OrgGateway['apexRest']>[1],
  ): ReturnType<OrgGateway['apexRest']> {
    const body = Buffer.from(
      JSON.stringify({ path: request.path, body: Buffer.from(request.body).toString() }),
    );
    return Promise.resolve({ status: 200, headers: {}, body });
  }

  outbox(): ReturnType<OrgGateway['outbox']> {
    const mail = {
      id: 'm1',
      sentAt: '2026-01-01T10:00:00Z',
      from: 'ada@local.example',
      to: ['ann@acme.example'],
      cc: [],
      bcc: [],
    };
    return Promise.resolve([
      { ...mail, subject: 'Welcome', textBody: 'Hello Ann', htmlBody: null },
    ]);
  }

  debugLogs(): ReturnType<OrgGateway['debugLogs']> {
    const log = {
      id: 'l1',
      startedAt: '2026-01-01T10:00:00Z',
      userName: 'Ada Admin',
      operation: 'Controller.enable',
      status: 'Success',
    };
    return Promise.resolve([{ ...log, durationMs: 12, length: 20 }]);
  }

  debugLog(id: string): Promise<string | null> {
    return Promise.resolve(id === 'l1' ? 'USER_DEBUG|hello' : null);
  }

  deployment(): ReturnType<OrgGateway['deployment']> {
    return Promise.resolve({
      components: [
        { type: 'ApexClass', count: 3, supported: true },
        { type: 'Flow', count: 1, supported: false },
      ],
      warnings: [],
      problems: [],
    });
  }

  #info(objectApiName: string): UiObjectInfo | undefined {
    return OBJECTS.find(({ apiName }) => apiName.toLowerCase() === objectApiName.toLowerCase());
  }

  #visible({ userId }: Session, recordId: string): Row | undefined {
    return recordId === SECRET && userId !== ADMIN ? undefined : this.rows.get(recordId);
  }

  #has(row: Row, name: string): boolean {
    return name in row || name === 'Owner';
  }

  #toRecord(row: Row, paths: readonly string[]): UiRecord {
    const id = String(row['Id']);
    const fields: Record<string, UiRecord['fields'][string]> = {};
    for (const path of paths) {
      const [name = '', ...rest] = path.split('.');
      if (name === 'Owner' && rest.length > 0) {
        const user = this.rows.get(String(row['OwnerId']));
        if (user !== undefined)
          fields['Owner'] = {
            displayValue: String(user['Name']),
            value: this.#toRecord(user, [rest.join('.')]),
          };
      } else if (name in row) {
        fields[name] = { displayValue: null, value: row[name] ?? null };
      }
    }
    return {
      apiName: OBJECTS.find(({ keyPrefix }) => keyPrefix === id.slice(0, 3))?.apiName ?? '',
      id,
      fields,
      childRelationships: {},
      recordTypeId: null,
      recordTypeInfo: null,
      lastModifiedById: null,
      lastModifiedDate: null,
      systemModstamp: null,
    };
  }
}

function notFound(): PlatformFault {
  return new PlatformFault({
    status: 404,
    errorCode: 'NOT_FOUND',
    message: 'The requested resource does not exist',
  });
}
