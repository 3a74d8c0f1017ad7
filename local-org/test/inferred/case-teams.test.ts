import { recalculationHook } from '../../src/platform/sharing/recalculation-hook.ts';
import { caseTeamTemplateHook } from '../../src/platform/sharing/case-team-templates.ts';
import { assuming, inferred } from '../support/inferred.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';

/* A member joins a predefined case team that is on one case, and then the team is put on another. */
inferred(
  'predefined-team-later-members',
  (assumptions) => {
    const schema = platformSchema({ Case: ['Private', 'Private'] });
    const org = new PersonaOrg(assuming(schema, assumptions));
    const ProfileId = org.profile({ objects: { Case: 'r' } });
    const owner = org.user({ ProfileId });
    const saver = new Saver(org.store, owner);
    saver.hooks.push(caseTeamTemplateHook, recalculationHook);
    const [early, late] = ['early', 'late'].map(() =>
      org.store.insertRow('Case', { OwnerId: owner }),
    );
    const TeamTemplateId = saver.insert('CaseTeamTemplate', { Name: 'Field' });
    saver.insert('CaseTeamTemplateRecord', { ParentId: early, TeamTemplateId });
    saver.insert('CaseTeamTemplateMember', {
      TeamTemplateId,
      MemberId: org.user({ ProfileId }),
      TeamRoleId: saver.insert('CaseTeamRole', { Name: 'Reader', AccessLevel: 'Read' }),
    });
    saver.insert('CaseTeamTemplateRecord', { ParentId: late, TeamTemplateId });
    const shared = new Set(org.store.allRows('CaseShare').map((row) => row['CaseId']));
    return { early: shared.has(early), late: shared.has(late) };
  },
  {
    'later-cases': { early: false, late: true },
    'all-cases': { early: true, late: true },
  },
);
