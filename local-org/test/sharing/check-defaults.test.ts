import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeployFailure } from '../../src/execution/deploy-failure.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

/*
 * Truth table: defaults that a deployment refuses. Help, "Organization-Wide Sharing Defaults" and "External Organization-Wide Defaults Overview".
 */
type Models = Readonly<Record<string, readonly [internal: string | null, external: string | null]>>;

function problems(models: Models): string[] {
  const files: Record<string, string> = {};
  for (const [name, [internal, external]] of Object.entries(models)) {
    const model = internal === null ? '' : `<sharingModel>${internal}</sharingModel>`;
    const outside =
      external === null ? '' : `<externalSharingModel>${external}</externalSharingModel>`;
    files[`objects/${name}/${name}.object-meta.xml`] =
      `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">${outside}${model}</CustomObject>`;
  }
  try {
    temporaryOrg(files).dispose();
    return [];
  } catch (error) {
    if (error instanceof DeployFailure) return error.problems.map(({ message }) => message);
    throw error;
  }
}

const TABLE: readonly (readonly [what: string, models: Models, refusals: readonly RegExp[]])[] = [
  ['the external default may be as open', { Lead: ['Read', 'Read'] }, []],
  ['or more closed', { Lead: ['ReadWriteTransfer', 'Private'] }, []],
  ['but not more open', { Lead: ['Private', 'Read'] }, [/Lead: externalSharingModel Read is more/]],
  ['than the platform default either', { Lead: [null, 'FullAccess'] }, [/FullAccess is more open/]],
  ['a model has a name', { Lead: ['Secret', null] }, [/no sharing model is called Secret/]],
  [
    'a private account takes opportunities and cases with it',
    { Account: ['Private', 'Private'] },
    [/Account: .* Opportunity to be Private/, /Account: .* Case to be Private/],
  ],
  [
    'together they deploy',
    {
      Account: ['Private', 'Private'],
      Opportunity: ['Private', 'Private'],
      Case: ['Private', 'Private'],
    },
    [],
  ],
];
for (const [what, models, refusals] of TABLE) {
  test(what, () => {
    const found = problems(models);
    assert.equal(found.length, refusals.length, found.join('\n'));
    refusals.forEach((refusal, index) => assert.match(found[index] ?? '', refusal));
  });
}
