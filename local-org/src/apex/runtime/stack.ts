import { BLOCK_FUNCTION } from '../emit/names.ts';
import type { ApexException, ApexStack } from '../values/index.ts';

/** Frames kept per error: enough for the traces people read, cheap enough for exceptions used as control flow. */
const FRAMES = 60;

/** Makes V8 keep enough frames for Apex stack traces. Call once per process. */
export function prepareStacks(): void {
  if (Error.stackTraceLimit < FRAMES) Error.stackTraceLimit = FRAMES;
}

/** One Apex frame. */
export interface ApexFrame {
  /** `Class.Foo.bar`, `Trigger.AccountTrigger`, `AnonymousBlock`. */
  readonly where: string;
  /** `Foo.Inner`; null for triggers and anonymous Apex. */
  readonly className: string | null;
  readonly file: string;
  readonly line: number;
}

const FRAME = /^\s*at (?:[\w$.<>]+\.)?([\w$]+)(?: \[as .*\])? \(apex:\/\/(.+?):(\d+):\d+\)$/;

/** The Apex frames of a V8 stack, innermost first: functions of scripts called `apex://…` whose name was made from an Apex name. */
export function apexFrames(stack: string): ApexFrame[] {
  const frames: ApexFrame[] = [];
  let insideInit = false;
  /** Line inside a block that became a function of its own; the frame of the method around it follows. */
  let blockLine = 0;
  for (const text of stack.split('\n')) {
    const match = FRAME.exec(text);
    const name = match?.[1];
    if (match === null || name === undefined || !name.includes('$')) continue;
    if (name === BLOCK_FUNCTION) {
      if (blockLine === 0) blockLine = Number(match[3]);
      continue;
    }
    const line = blockLine === 0 ? Number(match[3]) : blockLine;
    blockLine = 0;
    const frame = { ...decode(name), file: match[2] ?? '', line };
    // A field initialiser runs inside the constructor: the platform shows one frame.
    const isSame = insideInit && frames.at(-1)?.where === frame.where;
    insideInit = /\$\$(?:finit|fclinit|inst)(?:\$_\d+)?$/.test(name);
    if (!isSame) frames.push(frame);
  }
  return frames;
}

function decode(name: string): { where: string; className: string | null } {
  const plain = name.replace(/\$_\d+$/, '');
  if (plain.startsWith('$$Trigger$'))
    return {
      where: `Trigger.${plain.slice('$$Trigger$'.length).replaceAll('$', '.')}`,
      className: null,
    };
  if (plain.startsWith('$$AnonymousBlock')) return { where: 'AnonymousBlock', className: null };
  const special = /\$\$f?(init|clinit|inst)$/.exec(plain);
  const parts = (special === null ? plain : plain.slice(0, special.index)).split('$');
  const member =
    special === null ? (parts.pop() ?? '') : special[1] === 'clinit' ? '<clinit>' : '<init>';
  const className = parts.join('.');
  return { where: `Class.${className}.${member}`, className };
}

/** Stack of an Apex exception as `getStackTraceString` and `getLineNumber` give it; columns are always 1. */
export function readApexStack(error: ApexException): ApexStack {
  return stackText(error.stack ?? '');
}

/** The Apex part of any error's stack. */
export function stackText(stack: string): ApexStack {
  const frames = apexFrames(stack);
  return {
    text: frames.map((frame) => `${frame.where}: line ${frame.line}, column 1`).join('\n'),
    line: frames[0]?.line ?? 1,
  };
}

/** The Apex frames below the caller, innermost first: where in Apex a library function was called. */
export function currentApexFrames(): ApexFrame[] {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = Infinity;
  Error.captureStackTrace(holder, currentApexFrames);
  Error.stackTraceLimit = limit;
  return apexFrames(holder.stack ?? '');
}
