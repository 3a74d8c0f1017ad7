import type { Outbox } from '../../platform/mail/outbox.ts';
import type { OrgStore } from '../../storage/store.ts';
import type { CapturedMail, MailServices, RunningUser } from '../contract.ts';

const PERSON_OBJECTS = ['User', 'Contact', 'Lead'] as const;

/** Captures mail with the addresses that `targetObjectId` stands for. */
export function mailServices(
  store: OrgStore,
  outbox: Outbox,
  user: () => RunningUser,
): MailServices {
  return {
    send(messages) {
      for (const message of messages) {
        outbox.capture(
          { ...message, to: recipients(store, message) },
          user().email ?? user().userName,
          store.now,
        );
      }
    },
  };
}

function recipients(store: OrgStore, message: CapturedMail): readonly string[] {
  const target = message.targetObjectId;
  if (target === null) return message.to;
  for (const object of PERSON_OBJECTS) {
    const email =
      store.schema.objectByPrefix(target.slice(0, 3))?.name === object
        ? store.rowsById(object, [target]).get(target)?.['Email']
        : undefined;
    if (typeof email === 'string') return [...message.to, email];
  }
  return message.to;
}
