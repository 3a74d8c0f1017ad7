import { query } from '../support/org.ts';
import { assuming, inferred } from '../support/inferred.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';

/* A portal user with a role is the contact of a case that somebody else owns. */
inferred(
  'case-contact-level',
  (assumptions) => {
    const schema = assuming(platformSchema({ Case: ['Private', 'Private'] }), assumptions);
    const org = new PersonaOrg(schema);
    const { store } = org;
    const owner = org.user({ ProfileId: org.profile({ objects: { Case: 'red' } }) });
    const contact = store.insertRow('Contact', { LastName: 'c' });
    const user = org.user({
      ProfileId: org.profile({ objects: { Case: 'red' } }, 'PowerPartner'),
      UserType: 'PowerPartner',
      UserRoleId: org.role('Worker'),
      ContactId: contact,
    });
    const id = store.insertRow('Case', { OwnerId: owner, ContactId: contact });
    const object = schema.object('Case');
    const may = (level: 'read' | 'edit' | 'delete'): boolean =>
      object !== undefined && visibleIds(store, object, [id], user, level).has(id);
    const [row] = query(
      store,
      `SELECT CaseAccessLevel FROM CaseShare WHERE RowCause = 'RelatedPortalUser'`,
    ).rows;
    return [may('read'), may('edit'), may('delete'), row?.values.get('CaseAccessLevel')];
  },
  { read: [true, false, false, 'Read'], edit: [true, true, false, 'Edit'] },
);
