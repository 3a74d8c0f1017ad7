import type { RecordChange, RecordStore, SaveHook } from '../../dml/hooks.ts';
import { textAfter } from '../changes.ts';

/** What a person account and its contact have in common: field of the account → field of the contact. */
const SHARED: Readonly<Record<string, string>> = {
  FirstName: 'FirstName',
  LastName: 'LastName',
  Salutation: 'Salutation',
  PersonEmail: 'Email',
  PersonTitle: 'Title',
  PersonMobilePhone: 'MobilePhone',
  OwnerId: 'OwnerId',
};

/**
 * A person account is an account and a contact in one: it is made with the person record type and a last name instead of
 * a name, and the platform keeps its contact. Documented: Object Reference, Account, "Person account fields"; Help, "Person
 * Accounts Considerations". Refusals: practitioner-reported text.
 */
export const personAccountHook: SaveHook = {
  objects: ['Account'],
  operations: ['insert', 'update'],
  prepare(changes, store) {
    const typeId = personTypeId(store);
    if (typeId === undefined) return;
    for (const change of changes) {
      const isPerson =
        change.before === null
          ? textAfter(change, 'RecordTypeId')?.slice(0, 15) === typeId.slice(0, 15)
          : change.before['IsPersonAccount'] === true;
      refuseForeignNames(change, isPerson);
      if (!isPerson) continue;
      if (change.before === null) change.after.load('IsPersonAccount', true);
      const name = [textAfter(change, 'FirstName'), textAfter(change, 'LastName')]
        .filter((part) => part !== null && part !== '')
        .join(' ');
      if (name !== '') change.after.load('Name', name);
    }
  },
  saved(changes, store) {
    if (personTypeId(store) === undefined) return;
    for (const change of changes) {
      if (change.before === null) {
        if (change.after.values.get('IsPersonAccount') === true) makeContact(change, store);
      } else if (change.before['IsPersonAccount'] === true) {
        updateContact(change, store);
      }
    }
  },
};

function personTypeId(store: RecordStore): string | undefined {
  if (!store.schema.shape.features.has('personAccounts')) return undefined;
  return store.schema.object('Account')?.recordTypes.find(({ isPerson }) => isPerson === true)?.id;
}

/** Business accounts have a name, person accounts its parts; a statement that names the other is refused. */
function refuseForeignNames(change: RecordChange, isPerson: boolean): void {
  const foreign = (isPerson ? ['Name'] : ['FirstName', 'LastName', 'Salutation']).filter((field) =>
    change.before === null
      ? (change.after.values.get(field) ?? null) !== null
      : change.changed(field),
  );
  if (foreign.length === 0) return;
  change.addError({
    statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    message: `Account: bad field names on insert/update call: ${foreign.join(', ')}`,
    fields: foreign,
  });
}

function makeContact(change: RecordChange, store: RecordStore): void {
  const accountId = textAfter(change, 'Id');
  if (accountId === null) return;
  const contactId = store.insertRow('Contact', {
    ...sharedValues(change),
    Name: textAfter(change, 'Name'),
    AccountId: accountId,
    IsPersonAccount: true,
  });
  store.updateRow('Account', accountId, { PersonContactId: contactId });
}

function updateContact(change: RecordChange, store: RecordStore): void {
  const contactId = change.before?.['PersonContactId'];
  if (typeof contactId !== 'string' || !Object.keys(SHARED).some((field) => change.changed(field)))
    return;
  store.updateRow('Contact', contactId, {
    ...sharedValues(change),
    Name: textAfter(change, 'Name'),
  });
}

function sharedValues(change: RecordChange): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(SHARED).map(([ofAccount, ofContact]) => [
      ofContact,
      textAfter(change, ofAccount),
    ]),
  );
}
