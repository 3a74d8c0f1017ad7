import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { AsIf } from '../../execution/access-preview.ts';
import type {
  AccessPreview,
  LoginRefusal,
  ObjectPreview,
  RecordPreview,
} from '../../platform/access-preview/preview.ts';
import { readAssumptions } from '../../inferred/index.ts';
import type { Reason } from '../../sharing/explain.ts';
import { ExitCode } from '../exit-codes.ts';
import { openDoor } from '../open-door.ts';
import { workspaceOf } from '../options.ts';
import type { CommonFlags } from '../options.ts';
import { table } from '../reports/table.ts';
import type { Outcome } from '../run-command.ts';

interface Flags extends CommonFlags {
  readonly asUser?: string;
  readonly object?: string;
  readonly record?: readonly string[];
  readonly limit: number;
  readonly asContact?: string;
  readonly profile?: string;
  readonly tier: AsIf['tier'];
  /** `NAME=ANSWER` */
  readonly assume?: readonly string[];
}

const HYPOTHETICAL =
  'As if enabled: made in a transaction that is undone already. Only the local org can answer this; Salesforce cannot.';

/** `access preview`: what a user sees, and why. */
export async function accessPreview(flags: Flags): Promise<Outcome> {
  const asIf = asIfOf(flags);
  const door = await openDoor(
    workspaceOf(flags),
    flags.assume === undefined ? {} : { assumptions: readAssumptions(flags.assume) },
  );
  try {
    const preview = await door.accessPreview({
      userName: flags.asUser ?? null,
      asIf,
      object: flags.object ?? null,
      recordIds: flags.record ?? [],
      limit: flags.limit,
    });
    return {
      exitCode: ExitCode.good,
      result: preview,
      human: print(preview, (flags.record ?? []).length > 0 || flags.object !== undefined),
      warnings: asIf === null ? [] : [HYPOTHETICAL],
    };
  } finally {
    await door.close();
  }
}

function asIfOf({ asUser, asContact, profile, tier }: Flags): AsIf | null {
  if (asContact === undefined) {
    if (asUser === undefined) throw raise(Diagnostics.PREVIEW_WHOM, []);
    return null;
  }
  if (profile === undefined) throw raise(Diagnostics.PREVIEW_PROFILE, []);
  return { contactId: asContact, profile, tier };
}

const LOGIN: Readonly<Record<LoginRefusal, string>> = {
  inactive: 'The user is inactive and cannot log in.',
  frozen: 'The user is frozen and cannot log in.',
  locked: 'The password of the user is locked.',
  'not-member': 'The user is not a member of any site and cannot log in.',
  'not-live': 'The site is not live: the user cannot log in.',
  'no-site': 'The org has no site: an external user cannot log in.',
};

/** How reasons are called in the counts. */
const KINDS: Readonly<Record<Reason['kind'], string>> = {
  owner: 'owner',
  'role-above': 'role above',
  queue: 'queue',
  share: 'share',
  'sharing-set': 'sharing set',
  'super-user-owner': 'super user',
  'super-user-share': 'super user share',
  'portal-account': 'portal account',
  'portal-contact': 'portal contact',
  'case-contact': 'contact of the case',
  'case-contact-below': 'contact of the case, role above',
  'file-link': 'link of the file',
  'implicit-parent': 'implicit parent',
  'implicit-child-owner': 'implicit child',
  'implicit-child-owner-below': 'implicit child, role above',
  'implicit-child-share': 'implicit child, shared account',
  parent: 'parent',
  self: 'self',
  'user-below': 'role above',
  'modify-all': 'Modify All',
  'view-all': 'View All',
  default: 'default',
  unshared: 'no sharing',
};

function print({ user, login, objects }: AccessPreview, detailed: boolean): string {
  const role = user.role === null ? 'no role' : `role ${user.role}`;
  const head = `${user.name} (${user.username}), profile ${user.profile}, ${role}`;
  const parts = [login === null ? head : `${head}\n${LOGIN[login]} What sharing would show:`];
  parts.push(
    table(
      ['OBJECT', 'DEFAULT', 'RECORDS', 'READ', 'EDIT', 'FULL', 'WHY'],
      objects.map((object) => [
        object.object,
        object.sharingModel ?? '',
        ...[object.total, object.readable, object.editable, object.full].map(String),
        whyOf(object),
      ]),
    ),
  );
  for (const object of objects) {
    if (object.records.length > 0) parts.push(recordsOf(object));
    if (detailed && object.hiddenFields.length > 0)
      parts.push(`${object.object}: field-level security hides ${object.hiddenFields.join(', ')}`);
  }
  return `${parts.join('\n\n')}\n`;
}

function whyOf({ refused, restriction, why }: ObjectPreview): string {
  if (refused !== null) return 'no object permission';
  if (why.length === 0) return 'nothing is shared';
  const shared = why.map(({ kind, count }) => `${KINDS[kind]} ${count}`).join(', ');
  return restriction === null ? shared : `${shared}; filtered by restriction rule ${restriction}`;
}

function recordsOf({ object, records, readable, restriction }: ObjectPreview): string {
  const lines = records.flatMap((record) =>
    (record.refused === null
      ? record.reasons.map(({ text }) => text)
      : [refusal(record, restriction)]
    ).map((text, index) => [
      index === 0 ? record.id : '',
      index === 0 ? (record.name ?? '') : '',
      index === 0 ? record.level : '',
      text,
    ]),
  );
  const more =
    readable > records.length && records.every(({ refused }) => refused === null)
      ? `\n${readable - records.length} more; --limit lists them.`
      : '';
  return `${table([object.toUpperCase(), 'NAME', 'LEVEL', 'WHY'], lines)}${more}`;
}

function refusal({ refused, reasons }: RecordPreview, restriction: string | null): string {
  switch (refused) {
    case 'no-such-record':
      return 'there is no such record';
    case 'no-object-permission':
      return 'no object permission';
    case 'restriction-rule':
      return `hidden by restriction rule ${restriction ?? ''}, though shared: ${reasons[0]?.text ?? ''}`;
    case 'not-shared':
    case null:
      return 'not shared with the user';
    default:
      throw refused satisfies never;
  }
}
