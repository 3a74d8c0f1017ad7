/**
 * The doors of the product, read from its source: every `@AuraEnabled`, REST and invocable method, with an Apex call that asks it about one
 * record. A method or argument that cannot be asked is an error, so that a new door without a case fails.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A way in, and how to ask it about records. */
export interface Door {
  /** `PortalDealController.getDeal`, or `GET accounts/{id}/card`. */
  readonly name: string;
  /** Objects whose records it is asked about. */
  readonly objects: readonly string[];
  /** Apex statements that end in an `Object answer = …;`. `id` answers the Id to put in for an object. */
  apex(id: (object: string) => string): string;
}

const METHOD =
  /@(AuraEnabled|InvocableMethod)(?:\s*\([^)]*\))?\s+(?:global|public)\s+static\s+([\w<>,. ]+?)\s+(\w+)\s*\(([^)]*)\)/g;

/** What an Id is of, by the name of the argument or member that carries it. */
const KINDS: Readonly<Record<string, string>> = {
  account: 'Account',
  announcement: 'Partner_Announcement__c',
  contact: 'Contact',
  deal: 'Deal_Registration__c',
  lead: 'Lead',
  offer: 'Lead_Offer__c',
  opportunity: 'Opportunity',
  participant: 'Opportunity_Participant__c',
  request: 'Partner_User_Request__c',
  resource: 'Partner_Resource__c',
  run: 'Partner_Enablement_Run__c',
  user: 'User',
  newowner: 'User',
  after: 'Account',
  record: 'Account',
};
/** Ids of set-up, which are no records of a partner. */
const OF_SETUP = new Set(['profile', 'permissionset']);

/** Texts that a method wants to go on; every other text is `x`. */
const TEXTS: Readonly<Record<string, string>> = {
  search: 'Isolation',
  confirmation: 'Isolation South',
  accessLevel: 'Read',
  tier: 'MANAGER',
  operation: 'enableAccounts',
  objectName: 'Deal_Registration__c',
};
const EMPTY = new Set(['filter', 'view', 'sortBy', 'pageToken', 'afterName', 'state', 'code']);

/** All doors of a project, except for tests. */
export function doorsOf(projectDir: string): Door[] {
  const sources = new Map(
    globSync('force-app/**/classes/*.cls', { cwd: projectDir })
      .filter((file) => !file.includes('/tests/'))
      .sort()
      .map((file) => [basename(file, '.cls'), readFileSync(join(projectDir, file), 'utf8')]),
  );
  const doors: Door[] = [];
  for (const [className, source] of sources) {
    const declared = source.match(/@(AuraEnabled\s*\(|InvocableMethod)/g)?.length ?? 0;
    const methods = [...source.matchAll(METHOD)];
    if (methods.length < declared)
      throw new Error(`${className} has doors in a form that is not known here`);
    for (const [, , result = '', method = '', parameters = ''] of methods)
      doors.push(doorOf(sources, className, result, method, parameters));
    if (/@RestResource/i.test(source)) doors.push(...restDoors(sources, className, source));
  }
  return doors;
}

function doorOf(
  sources: ReadonlyMap<string, string>,
  className: string,
  result: string,
  method: string,
  parameters: string,
): Door {
  const name = `${className}.${method}`;
  const list = parameters.replaceAll(/<([^>]*),\s*([^>]*)>/g, '<$1;$2>').split(',');
  const asked = list
    .map((parameter) => parameter.trim())
    .filter((parameter) => parameter !== '')
    .map((parameter) => {
      const at = parameter.lastIndexOf(' ');
      return { type: parameter.slice(0, at).trim(), name: parameter.slice(at + 1) };
    });
  const objects = new Set<string>();
  const note = (object: string): string => {
    objects.add(object);
    return '000000000000000';
  };
  const call = (id: (object: string) => string): string => {
    const given = asked.map((one) => argument(sources, className, one.type, one.name, name, id));
    const text = `${className}.${method}(${given.join(', ')})`;
    return result.trim() === 'void' ? `${text}; answer = 'done';` : `answer = ${text};`;
  };
  call(note);
  return { name, objects: [...objects], apex: call };
}

function argument(
  sources: ReadonlyMap<string, string>,
  className: string,
  type: string,
  name: string,
  door: string,
  id: (object: string) => string,
): string {
  const element = /^(List|Set)<(\w+)>$/.exec(type);
  if (element !== null) {
    const [, , inner = ''] = element;
    const own = new RegExp(`class ${inner}\\s*\\{`).test(sources.get(className) ?? '');
    const apexType = own ? type.replace(inner, `${className}.${inner}`) : type;
    return `new ${apexType}{ ${argument(sources, className, inner, name.replace(/s$/, ''), door, id)} }`;
  }
  switch (type) {
    case 'Id': {
      const object = kindOf(name, className);
      if (object === undefined) throw new Error(`${door}: what is ${name} the Id of?`);
      return object === null ? 'null' : `Id.valueOf('${id(object)}')`;
    }
    case 'String':
      return textFor(name);
    case 'Boolean':
      return 'true';
    case 'Integer':
      return '3';
    case 'Map<String;Object>':
      return 'new Map<String, Object>()';
    default:
      return structure(sources, className, type, door, id);
  }
}

/** Undefined for an unknown name, null for an Id of set-up. */
function kindOf(name: string, className: string): string | null | undefined {
  const stem = name.replace(/Ids?$/i, '').toLowerCase();
  if (OF_SETUP.has(stem)) return null;
  if (stem !== '') return KINDS[stem];
  const found = Object.keys(KINDS).find((kind) => className.toLowerCase().includes(kind));
  return found === undefined ? undefined : KINDS[found];
}

function textFor(name: string): string {
  return EMPTY.has(name) ? 'null' : `'${TEXTS[name] ?? 'x'}'`;
}

/** An instance of a class of ours, with everything in it that is an Id or a text. */
function structure(
  sources: ReadonlyMap<string, string>,
  className: string,
  type: string,
  door: string,
  id: (object: string) => string,
): string {
  const own = sources.get(className) ?? '';
  const inner = new RegExp(`class ${type}\\s*\\{([\\s\\S]*?)\\n    \\}`).exec(own)?.[1];
  const text = inner ?? sources.get(type);
  if (text === undefined) throw new Error(`${door}: no value is known for an argument of ${type}`);
  const fields: string[] = [];
  for (const [, kind = '', name = ''] of text.matchAll(
    /^\s*public (Id|String|List<Id>|Boolean|Integer) (\w+)\s*(?:\{ get; set; \}|;)/gm,
  )) {
    const put = (value: string): void => {
      fields.push(`"${name}":${value}`);
    };
    if (kind === 'String') {
      if (!EMPTY.has(name) && name !== 'username') put(`"${TEXTS[name] ?? 'x'}"`);
    } else if (kind === 'Boolean') put('true');
    else if (kind === 'Integer') put('3');
    else {
      const object = kindOf(name, name === 'id' ? type : className);
      if (object === undefined) throw new Error(`${door}: what is ${type}.${name} the Id of?`);
      if (object !== null) put(kind === 'Id' ? `"${id(object)}"` : `["${id(object)}"]`);
    }
  }
  const apexType = inner === undefined ? type : `${className}.${type}`;
  return `(${apexType}) JSON.deserialize('{${fields.join(',')}}', ${apexType}.class)`;
}

/** Every path of the REST door: those of POST as its source switches on them, those of GET as it compares them. */
function restDoors(
  sources: ReadonlyMap<string, string>,
  className: string,
  source: string,
): Door[] {
  const posts = [...source.matchAll(/when '([a-z/]+)'/g)].map(([, path = '']) => path);
  const gets = [...source.matchAll(/path\[0\] == '(\w+)' && path\[2\] == '(\w+)'/g)].map(
    ([, kind = '', what = '']) => `${kind}/{Account}/${what}`,
  );
  const runs = sources.get('PartnerRestRuns') ?? '';
  const runPosts = [...runs.matchAll(/when '([a-z]+)'/g)].map(
    ([, what = '']) => `runs/{Partner_Enablement_Run__c}/${what}`,
  );
  if (posts.length === 0 || gets.length === 0 || runPosts.length === 0)
    throw new Error(`${className} names its paths in a form that is not known here`);
  gets.push('runs/{Partner_Enablement_Run__c}', 'runs/{Partner_Enablement_Run__c}/items');
  const door = (verb: 'GET' | 'POST', method: string, path: string): Door => ({
    name: `${verb} ${path.replaceAll(/\{\w+\}/g, '{id}')}`,
    objects: ['Account', 'Contact', 'User', 'Partner_Enablement_Run__c'],
    apex: (id) => {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, object: string) => id(object));
      const account = id('Account');
      const body = `{"accountIds":["${account}"],"recordIds":["${account}"],"userIds":["${id('User')}"],"requests":[{"contactId":"${id('Contact')}"}],"confirmations":{"${account}":"Isolation South"},"tiers":3,"tier":"MANAGER","reason":"x","confirmed":true}`;
      return `RestContext.request = new RestRequest(); RestContext.response = new RestResponse(); RestContext.request.httpMethod = '${verb}'; RestContext.request.requestURI = '/partners/v1/${filled}'; RestContext.request.requestBody = Blob.valueOf('${body}'); ${className}.${method}(); answer = RestContext.response.statusCode + ' ' + RestContext.response.responseBody?.toString();`;
    },
  });
  return [
    ...gets.map((path) => door('GET', 'read', path)),
    ...[...posts, ...runPosts].map((path) => door('POST', 'write', path)),
  ];
}
