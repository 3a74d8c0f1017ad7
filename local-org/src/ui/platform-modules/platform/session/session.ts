import { data } from 'platform/sessionData';
import type { SessionData } from 'platform/sessionData';

/** Who is logged in, and where: what `@salesforce/user` and its like answer. */
export const session: SessionData = data;

/** What `@salesforce/customPermission` and `userPermission` answer: true, or undefined; never false. */
export function granted(kind: 'custom' | 'user', name: string): true | undefined {
  const names = kind === 'custom' ? session.customPermissions : session.userPermissions;
  return names.includes(name) ? true : undefined;
}

/** What `@salesforce/label` answers: the text in the user's language, else in that of its country's main one, else as written. */
export function inLanguage(texts: Readonly<Record<string, string>>, text: string): string {
  const { language } = session.user;
  return texts[language] ?? texts[language.replace(/_.*$/, '')] ?? text;
}

/** What `@salesforce/client/formFactor` answers. Decided once, at load, as on the platform. */
export function formFactor(): 'Large' | 'Medium' | 'Small' {
  if (window.innerWidth < 480) return 'Small';
  return window.innerWidth < 768 && navigator.maxTouchPoints > 0 ? 'Medium' : 'Large';
}
