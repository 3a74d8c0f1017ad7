import { currentTransaction } from '../../../execution/current.ts';
import type { NetworkServices } from '../../../execution/contract.ts';
import type { ApexDate } from '../../values/index.ts';
import {
  apexEquals,
  ApexDatetime,
  ApexEnum,
  apexException,
  apexHashCode,
  toText,
  type ApexObject,
} from '../../values/index.ts';
import { define, required } from '../define.ts';
import { callSite, notImplemented, nowMillis } from '../environment.ts';
import { enumConstant } from '../enums.ts';
import { Bean } from '../bean.ts';
import { assertEquals, assertNotEquals, assertTrue } from './assert.ts';
import { today } from './date.ts';
import { currentPage } from './page-reference.ts';
import { VersionValue } from './small-types.ts';

function debug(level: string, value: unknown): void {
  currentTransaction().log('USER_DEBUG', callSite().line, `${level}|${toText(value)}`);
}

function entryIs(prefix: string): () => boolean {
  return () => currentTransaction().entry.startsWith(prefix);
}

function enqueue(
  job: object | null,
  options: { delayMinutes?: number; maximumDepth?: number; duplicateSignature?: string } = {},
): string {
  return currentTransaction().services.async.enqueueQueueable(required(job), options);
}

function enqueueDelayed(job: object | null, delayMinutes: number): string {
  if (required(delayMinutes) < 0 || delayMinutes > 10) {
    throw apexException('System.AsyncException', 'The delay must be between 0 and 10 minutes.');
  }
  return enqueue(job, { delayMinutes });
}

function enqueueWithOptions(job: object | null, options: Bean | null): string {
  const bean = required(options);
  const delayMinutes = bean.get('MinimumQueueableDelayInMinutes') as number | null;
  const maximumDepth = bean.get('MaximumQueueableStackDepth') as number | null;
  const signature = bean.get('DuplicateSignature');
  return enqueue(job, {
    ...(delayMinutes === null ? {} : { delayMinutes }),
    ...(maximumDepth === null ? {} : { maximumDepth }),
    ...(signature === null ? {} : { duplicateSignature: toText(signature) }),
  });
}

function passwords(): NetworkServices {
  const { networks } = currentTransaction().services;
  if (networks === undefined) throw notImplemented('System.setPassword');
  return networks;
}

export const systemType = define('System', {
  'abortJob(String)': (id: string | null) =>
    currentTransaction().services.async.abort(required(id)),
  'Assert(Boolean)': (condition: boolean | null) => assertTrue(condition),
  'Assert(Boolean,Object)': assertTrue,
  'assertEquals(Object,Object)': (expected: unknown, actual: unknown) =>
    assertEquals(expected, actual),
  'assertEquals(Object,Object,Object)': assertEquals,
  'assertNotEquals(Object,Object)': (expected: unknown, actual: unknown) =>
    assertNotEquals(expected, actual),
  'assertNotEquals(Object,Object,Object)': assertNotEquals,
  'attachFinalizer(Finalizer)': (finalizer: ApexObject | null) =>
    currentTransaction().services.async.attachFinalizer(required(finalizer)),
  'currentPageReference()': () => currentPage(),
  'currentTimeMillis()': () => BigInt(Math.floor(nowMillis())),
  'debug(Object)': (value: unknown) => debug('DEBUG', value),
  'debug(Object,Object)': (level: unknown, value: unknown) =>
    debug(level instanceof ApexEnum ? level.name : toText(level), value),
  'enqueueJob(Object)': (job: object | null) => enqueue(job),
  'enqueueJob(Object,Integer)': enqueueDelayed,
  'enqueueJob(Object,AsyncOptions)': enqueueWithOptions,
  'equals(Object,Object)': (a: unknown, b: unknown) => apexEquals(a, b),
  'getApplicationReadWriteMode()': () => enumConstant('System.ApplicationReadWriteMode', 'DEFAULT'),
  'hashCode(Object)': (value: unknown) => apexHashCode(value),
  'isBatch()': entryIs('batch'),
  'isFuture()': entryIs('future'),
  'isQueueable()': entryIs('queueable'),
  'isScheduled()': entryIs('scheduled'),
  'now()': () => new ApexDatetime(nowMillis()),
  'purgeOldAsyncJobs(Date)': (before: ApexDate | null) => {
    required(before);
    return 0;
  },
  'requestVersion()': () => new VersionValue(1, 0, null),
  'resetPassword(Id,Boolean)': (userId: string | null, sendsMail: boolean | null) =>
    new Bean('System.ResetPasswordResult', {
      password: passwords().resetPassword(required(userId), required(sendsMail)),
    }),
  'schedule(String,String,Object)': (
    name: string | null,
    cron: string | null,
    job: object | null,
  ) => currentTransaction().services.async.schedule(required(name), required(cron), required(job)),
  'scheduleBatch(Object,String,Integer)': (
    job: object | null,
    name: string | null,
    minutes: number,
  ) =>
    currentTransaction().services.async.scheduleBatch(
      required(job),
      required(name),
      required(minutes),
      200,
    ),
  'scheduleBatch(Object,String,Integer,Integer)': (
    job: object | null,
    name: string | null,
    minutes: number,
    scope: number,
  ) =>
    currentTransaction().services.async.scheduleBatch(
      required(job),
      required(name),
      required(minutes),
      required(scope),
    ),
  'setPassword(Id,String)': (userId: string | null, password: string | null) =>
    passwords().setPassword(required(userId), required(password)),
  'today()': () => today(),
});
