import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProject } from '../../src/project/index.ts';
import type { Project } from '../../src/project/index.ts';
import type { PageItem } from '../../src/server/pages/model.ts';
import { columnField } from '../../src/server/pages/platform-names.ts';
import { recordDetail } from '../../src/server/pages/record-detail.ts';
import { recordList } from '../../src/server/pages/record-list.ts';
import { pageRegions, recordPageOf } from '../../src/server/pages/record-page.ts';
import { tabPage } from '../../src/server/pages/tab-page.ts';
import { isShown } from '../../src/server/pages/visibility.ts';
import { ACME, ADMIN, FakeOrg } from './fake-org.ts';

const project: Project = readProject({
  projectDir: new URL('../ui/fixtures/project', import.meta.url).pathname,
});
const org = new FakeOrg();
const session = { userId: ADMIN };

async function regions(
  isPartner: boolean,
): Promise<{ header: PageItem[]; main: PageItem[]; sidebar: PageItem[] }> {
  const info = await org.objectInfo(session, 'Account');
  const facts = {
    record: new Map<string, string | number | boolean | null>([['ispartner', isPartner]]),
    customPermissions: [],
  };
  return pageRegions(recordPageOf(project, 'Account', undefined), {
    project,
    info,
    appName: undefined,
    facts,
  });
}

describe('record pages', () => {
  it('show the FlexiPage: regions, tabs with their facets, actions in the order of the header', async () => {
    const { header, main } = await regions(false);
    assert.deepEqual(
      header.map(
        (item) =>
          item.kind === 'highlights' &&
          item.actions.map(({ label, specifier }) => [label, specifier]),
      ),
      [
        [
          ['Greet', 'c/greeting'],
          ['Edit', 'shell/editRecord'],
          ['Clone', null],
        ],
      ],
    );
    const [tabs] = main;
    assert.ok(tabs?.kind === 'tabs');
    assert.deepEqual(
      tabs.tabs.map(({ label, items }) => [label, items.map(({ kind }) => kind)]),
      [['Details', ['details']]],
    );
  });

  it('give components their design-time properties in the declared type', async () => {
    const { sidebar } = await regions(false);
    assert.ok(sidebar[0]?.kind === 'component');
    assert.equal(sidebar[0].specifier, 'c/greeting');
    assert.deepEqual(sidebar[0].properties, { size: 7, loud: false });
  });

  it('say by name which standard component they cannot show', async () => {
    const { main } = await regions(false);
    assert.ok(main[1]?.kind === 'unsupported');
    assert.match(main[1].reason, /runtime_sales:pathAssistant is not available in the local org/);
  });

  it('obey visibility rules on the record', async () => {
    assert.equal((await regions(false)).sidebar.length, 1);
    assert.equal((await regions(true)).sidebar.length, 2);
  });

  it('have a fallback where there is no FlexiPage', async () => {
    const info = await org.objectInfo(session, 'Contact');
    const page = pageRegions(undefined, {
      project,
      info,
      appName: undefined,
      facts: { record: new Map(), customPermissions: [] },
    });
    assert.deepEqual(
      page.header.map(({ kind }) => kind),
      ['highlights'],
    );
    assert.deepEqual(
      page.main.map(({ kind }) => kind),
      ['tabs'],
    );
  });
});

describe('custom tabs', () => {
  const facts = { record: new Map<string, string>(), customPermissions: [] };

  it('show a component, or the regions of an app page', () => {
    const lab = tabPage(project, 'lab', facts);
    assert.deepEqual(
      lab?.main.map((item) => item.kind === 'component' && item.specifier),
      ['c/lab'],
    );
    const page = tabPage(project, 'Console', facts);
    assert.equal(page?.label, 'Console');
    assert.deepEqual(
      page.main.map(({ kind }) => kind),
      ['component', 'unsupported'],
    );
  });

  it('say which kind they cannot show', () => {
    assert.match(tabPage(project, 'Old', facts)?.unsupported ?? '', /Tab Old/);
    assert.equal(tabPage(project, 'Nothing', facts), undefined);
  });
});

describe('visibility rules', () => {
  const facts = {
    record: new Map<string, string | number | boolean | null>([
      ['a', 1],
      ['b', 'x'],
    ]),
    customPermissions: ['Enable'],
  };
  const criterion = (
    field: string,
    operation: string,
    value: string,
  ): { field: string; operation: string; value: string } => ({ field, operation, value });

  it('combine criteria by the filter', () => {
    const criteria = [
      criterion('{!Record.A}', 'GT', '5'),
      criterion('{!Record.B}', 'EQUAL', 'X'),
      criterion('{!$Permission.CustomPermission.Enable}', 'EQUAL', 'true'),
    ];
    assert.equal(isShown({ criteria, booleanFilter: '1 OR (2 AND 3)' }, facts), true);
    assert.equal(isShown({ criteria, booleanFilter: '1 AND (2 OR 3)' }, facts), false);
    assert.equal(isShown({ criteria, booleanFilter: 'NOT 1 AND 2' }, facts), true);
    assert.equal(isShown({ criteria, booleanFilter: undefined }, facts), false);
  });

  it('name what they do not understand instead of guessing', () => {
    assert.match(
      String(
        isShown(
          { criteria: [criterion('{!$User.Role.Name}', 'EQUAL', 'x')], booleanFilter: undefined },
          facts,
        ),
      ),
      /\$User\.Role\.Name/,
    );
    assert.match(
      String(
        isShown(
          { criteria: [criterion('{!Record.A}', 'LIKE', 'x')], booleanFilter: undefined },
          facts,
        ),
      ),
      /LIKE/,
    );
    assert.match(
      String(
        isShown(
          { criteria: [criterion('{!Record.A}', 'EQUAL', 'x')], booleanFilter: '1 AND (' },
          facts,
        ),
      ),
      /cannot be read/,
    );
  });
});

describe('details and lists', () => {
  it('format by type, and show the name behind a reference with a link', async () => {
    const info = await org.objectInfo(session, 'Account');
    const { sections } = await recordDetail(project, org, session, info, ACME, [
      'OwnerId',
      'AnnualRevenue',
    ]);
    const [ownerCell, revenue] = sections[0]?.columns[0] ?? [];
    assert.deepEqual(
      [ownerCell?.label, ownerCell?.display, ownerCell?.url],
      ['Owner', 'Ada Admin', `/lightning/r/User/${ADMIN}/view`],
    );
    assert.deepEqual([revenue?.dataType, revenue?.value], ['Currency', 1_250_000]);
  });

  it('name fields of a layout that the org does not have', async () => {
    const info = await org.objectInfo(session, 'Account');
    const { unknownFields } = await recordDetail(project, org, session, info, ACME, [
      'Name',
      'Nothing__c',
    ]);
    assert.deepEqual(unknownFields, ['Nothing__c']);
  });

  it('search, sort and page by the org', async () => {
    const info = await org.objectInfo(session, 'Account');
    const question = {
      view: null,
      columns: null,
      parent: null,
      search: null,
      sortBy: 'Name',
      sortDirection: 'desc' as const,
      offset: 1,
      limit: 1,
    };
    const list = await recordList(project, org, session, info, question);
    assert.equal(list.total, 3);
    assert.deepEqual(
      list.rows.map(({ cells }) => cells['Name']?.value),
      ['Globex'],
    );
    assert.equal(list.rows[0]?.cells['Owner.Name']?.value, 'Cho Manager');
    const found = await recordList(project, org, session, info, {
      ...question,
      search: 'acm',
      offset: 0,
    });
    assert.equal(found.total, 1);
  });

  it('read the names that layouts and list views use for columns', () => {
    assert.equal(columnField('FULL_NAME', 'Contact'), 'Name');
    assert.equal(columnField('CONTACT.TITLE', 'Contact'), 'Title');
    assert.equal(columnField('OPPORTUNITY.CLOSE_DATE', 'Opportunity'), 'CloseDate');
    assert.equal(columnField('OPPORTUNITY.STAGE_NAME', 'Opportunity'), 'StageName');
    assert.equal(columnField('ACCOUNT.NAME', 'Opportunity'), 'Account.Name');
    assert.equal(columnField('Tier__c', 'Account'), 'Tier__c');
  });
});
