import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ProductOrg } from '../support/product-org.ts';

const ROOT = new URL('../../../', import.meta.url);
const text = (path: string): string => readFileSync(fileURLToPath(new URL(path, ROOT)), 'utf8');
const DOCUMENT = text('docs/openapi/partners-v1.yaml');

interface Operation {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  /** Schema of the answer, or of the elements of its list. */
  readonly schema: string;
}

/** The document is laid out by Prettier, so its lines can be read without a parser of YAML. */
function documented(): Operation[] {
  const operations: Operation[] = [];
  let path = '';
  let method: Operation['method'] = 'GET';
  for (const line of DOCUMENT.slice(0, DOCUMENT.indexOf('\ncomponents:')).split('\n')) {
    path = /^ {2}(\/\S+):$/.exec(line)?.[1] ?? path;
    const verb = /^ {4}(get|post):$/.exec(line)?.[1];
    if (verb !== undefined) method = verb === 'get' ? 'GET' : 'POST';
    const schema = /^ {14}schema: .*schemas\/(\w+)/.exec(line)?.[1];
    if (schema !== undefined) operations.push({ path, method, schema });
  }
  return operations;
}

function propertiesOf(schema: string): Set<string> {
  const block = new RegExp(`\\n {4}${schema}:\\n((?: {6,}.*\\n)+)`).exec(DOCUMENT)?.[1] ?? '';
  return new Set([...block.matchAll(/^ {8}(\w+):/gm)].map((match) => String(match[1])));
}

/** Ids in the document stand for records of the test. */
function call(org: ProductOrg, { path, method }: Operation, body: string): [number, unknown] {
  const [run] = org.rows('SELECT Id FROM Partner_Enablement_Run__c ORDER BY Id');
  const answer = org.apex(`Id accountId = [SELECT Id FROM Account WHERE Name = 'Fault 0'].Id;
RestContext.request = new RestRequest();
RestContext.request.requestURI = '/services/apexrest/partners/v1${path}'.replace('{accountId}', accountId).replace('{runId}', '${String(run?.['Id'])}');
RestContext.request.httpMethod = '${method}';
RestContext.request.requestBody = Blob.valueOf('${body}'.replace('{accountId}', accountId));
RestContext.response = new RestResponse();
PartnerRestResource.${method === 'GET' ? 'read' : 'write'}();
System.debug('=' + RestContext.response.statusCode + RestContext.response.responseBody.toString());`);
  return [Number(answer.slice(0, 3)), JSON.parse(answer.slice(3))];
}

const BODIES: Readonly<Record<string, string>> = {
  '/accounts/readiness': '{"accountIds":["{accountId}"]}',
  '/accounts/enable': '{"accountIds":["{accountId}"]}',
  '/accounts/tiers': '{"accountIds":["{accountId}"],"tiers":3}',
  '/accounts/disable': '{"confirmations":{"{accountId}":"somebody else"}}',
  '/users/readiness': '{"requests":[{"contactId":"{accountId}"}]}',
  '/users/enable': '{"requests":[{"contactId":"{accountId}"}]}',
  '/users/tier': '{"userIds":["{accountId}"],"tier":"USER"}',
  '/users/disable': '{"userIds":["{accountId}"],"confirmed":true}',
  '/runs': '{"operation":"enableAccounts","recordIds":["{accountId}"]}',
  '/runs/{runId}/records': '{"recordIds":["{accountId}"]}',
};

describe('The OpenAPI document', () => {
  let org: ProductOrg;
  before(() => {
    org = new ProductOrg();
    org.accounts(1);
    org.apex(
      "PartnerAccountService.enable(new Map<Id, Account>([SELECT Id FROM Account WHERE Name = 'Fault 0']).keySet());",
    );
    call(org, { path: '/runs', method: 'POST', schema: 'Run' }, String(BODIES['/runs']));
    org.drain();
  });
  after(() => {
    org.dispose();
  });

  it('describes every path of the code, and no other', () => {
    const words = (path: string): string => path.replace(/^\//, '').replaceAll(/\{\w+\}/g, '*');
    const posts = documented()
      .filter(({ method }) => method === 'POST')
      .map(({ path }) => words(path))
      .filter((path) => !path.startsWith('runs'));
    const resource = text('force-app/main/doors/classes/PartnerRestResource.cls');
    assert.deepEqual(
      posts.toSorted(),
      [...resource.matchAll(/when '(\S+)'/g)].map((match) => String(match[1])).toSorted(),
    );
    const runs = text('force-app/main/doors/classes/PartnerRestRuns.cls');
    assert.deepEqual(
      documented()
        .filter(({ path, method }) => method === 'POST' && path.startsWith('/runs/'))
        .map(({ path }) => words(path).replace('runs/*/', ''))
        .toSorted(),
      [...runs.matchAll(/when '(\S+)'/g)].map((match) => String(match[1])).toSorted(),
    );
  });

  for (const operation of documented()) {
    it(`says what ${operation.method} ${operation.path} answers`, () => {
      const body = BODIES[operation.path] ?? '{"userIds":["{accountId}"]}';
      const [status, answer] = call(org, operation, body);
      const found = Array.isArray(answer) ? (answer[0] as unknown) : answer;
      assert.equal(status, 200, JSON.stringify(answer));
      const properties = propertiesOf(operation.schema);
      assert.ok(properties.size > 1, `${operation.schema} has properties`);
      assert.ok(typeof found === 'object' && found !== null, 'Something is answered');
      for (const name of Object.keys(found)) {
        assert.ok(properties.has(name), `${name} of ${operation.schema} is described`);
      }
      for (const name of properties)
        assert.ok(name in found, `${name} of ${operation.schema} is answered`);
    });
  }

  it('names every operation of runs', () => {
    const listed = /enum:\n((?: {12}- \w+\n)+)/.exec(DOCUMENT)?.[1] ?? '';
    const source = text('force-app/main/enablement/classes/PartnerRunOperation.cls');
    const constants = [...source.matchAll(/public static final String \w+ = '(\w+)'/g)];
    assert.deepEqual(
      [...listed.matchAll(/- (\w+)/g)].map((match) => match[1]).toSorted(),
      constants.map((match) => match[1]).toSorted(),
    );
  });
});
