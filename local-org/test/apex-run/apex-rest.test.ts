import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { LocalOrg } from '../../src/execution/local-org.ts';
import { temporaryOptions, temporarySource } from '../support/temporary-org.ts';

const SOURCE = {
  'classes/Accounts.cls': `@RestResource(urlMapping='/accounts/*')
global without sharing class Accounts {
  global class Summary {
    public String name;
    public Integer size;
    public String nothing;
  }
  @HttpGet
  global static Summary get() {
    RestRequest request = RestContext.request;
    Summary found = new Summary();
    found.name = request.requestURI.substringAfterLast('/') + ' ' + request.params.get('q') + ' ' + request.headers.get('X-From');
    found.size = 3;
    return found;
  }
  @HttpPost
  global static Id create(String name, Integer employees, List<String> tags) {
    Account made = new Account(Name = name + tags.size(), NumberOfEmployees = employees);
    insert made;
    return made.Id;
  }
  @HttpPut
  global static void raw() {
    RestContext.response.statusCode = 202;
    RestContext.response.addHeader('X-Size', String.valueOf(RestContext.request.requestBody.size()));
    RestContext.response.responseBody = Blob.valueOf('taken');
  }
  @HttpDelete
  global static void fail() {
    insert new Account(Name = 'half');
    throw new IllegalArgumentException('cannot');
  }
}`,
  'classes/Special.cls': `@RestResource(urlMapping='/accounts/special')
global class Special {
  @HttpGet
  global static String get() { return 'special'; }
}`,
};

describe('Apex REST', () => {
  let folder = '';
  let org: LocalOrg;
  before(() => {
    folder = temporarySource(SOURCE);
    org = LocalOrg.open(temporaryOptions(folder));
  });
  after(() => {
    org.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const call = (method: string, path: string, body = '', more: Record<string, string> = {}) => {
    const answer = org.invokeRest(org.adminId, {
      method,
      path,
      query: { q: 'query' },
      headers: { 'X-From': 'test', 'content-type': 'application/json', ...more },
      body: Buffer.from(body),
    });
    const text = Buffer.from(answer.body).toString('utf8');
    return { status: answer.status, headers: answer.headers, text };
  };
  const problem = (text: string): unknown => JSON.parse(text);

  it('gives the request to the method and writes what it returns, without nulls', () => {
    const { status, text } = call('GET', '/accounts/001');
    assert.equal(status, 200);
    assert.deepEqual(JSON.parse(text), { name: '001 query test', size: 3 });
  });

  it('prefers the longer mapping', () => {
    assert.equal(call('GET', '/accounts/special').text, '"special"');
  });

  it('reads parameters from the body by name', () => {
    const { text } = call('POST', '/accounts/', '{"name":"a","tags":["x","y"],"employees":5}');
    const row = org.store.rowsWhere('Account', 'Name', ['a2'])[0];
    assert.equal(JSON.parse(text), row?.['Id']);
    assert.equal(row?.['NumberOfEmployees'], 5);
  });

  it('lets Apex write the response', () => {
    const { status, headers, text } = call('PUT', '/accounts/x', 'abc');
    assert.deepEqual([status, headers['x-size'], text], [202, '3', 'taken']);
  });

  it('answers errors in the shape of the REST API, and undoes what was done', () => {
    const failed = call('DELETE', '/accounts/x');
    assert.equal(failed.status, 500);
    const [error] = problem(failed.text) as { errorCode: string; message: string }[];
    assert.equal(error?.errorCode, 'APEX_ERROR');
    assert.match(
      error?.message ?? '',
      /^System\.IllegalArgumentException: cannot\n\nClass\.Accounts\.fail: line \d+, column 1/,
    );
    assert.equal(org.store.rowsWhere('Account', 'Name', ['half']).length, 0);
    assert.deepEqual(
      [
        call('GET', '/nobody').status,
        call('PATCH', '/accounts/x').status,
        call('POST', '/accounts/x', '{').status,
        call('POST', '/accounts/x', '{"other":1}').status,
      ],
      [404, 405, 400, 400],
    );
  });
});
