import { libraryType } from '../../../schema/library-signatures.ts';
import { currentTransaction } from '../../../execution/current.ts';
import type { CapturedMail } from '../../../execution/contract.ts';
import { apexException, ApexList, Types } from '../../values/index.ts';
import { Bean, defineBean } from '../bean.ts';
import { define, required } from '../define.ts';
import { enumConstant } from '../enums.ts';

function texts(bean: Bean, property: string): string[] {
  const list = bean.get(property);
  return list instanceof ApexList ? (list.items as string[]) : [];
}

function captured(bean: Bean): CapturedMail {
  const text = (property: string): string | null => bean.get(property) as string | null;
  return {
    to: texts(bean, 'toAddresses'),
    cc: texts(bean, 'ccAddresses'),
    bcc: texts(bean, 'bccAddresses'),
    targetObjectId: text('targetObjectId'),
    templateId: text('templateId'),
    subject: text('subject'),
    plainTextBody: text('plainTextBody'),
    htmlBody: text('htmlBody'),
    senderName: text('senderDisplayName'),
    replyTo: text('replyTo'),
  };
}

interface Refusal {
  readonly status: string;
  readonly message: string;
}

/** The platform's own checks of a message, in its words. */
function refusalOf(mail: CapturedMail): Refusal | null {
  const addresses = [...mail.to, ...mail.cc, ...mail.bcc];
  if (addresses.length === 0 && mail.targetObjectId === null) {
    return { status: 'REQUIRED_FIELD_MISSING', message: 'Add a recipient to send an email.' };
  }
  const invalid = addresses.find(
    (address) =>
      !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) && !/^[a-zA-Z0-9]{15,18}$/.test(address),
  );
  if (invalid !== undefined)
    return { status: 'INVALID_EMAIL_ADDRESS', message: `Email address is invalid: ${invalid}` };
  if (mail.templateId === null && mail.plainTextBody === null && mail.htmlBody === null) {
    return {
      status: 'REQUIRED_FIELD_MISSING',
      message: 'Missing body, need at least one of html or plainText',
    };
  }
  return null;
}

function result(refusal: Refusal | null): Bean {
  const errors =
    refusal === null
      ? []
      : [
          new Bean('Messaging.SendEmailError', {
            message: refusal.message,
            statusCode: enumConstant('System.StatusCode', refusal.status),
            targetObjectId: null,
            fields: new ApexList(Types.String),
          }),
        ];
  return new Bean('Messaging.SendEmailResult', {
    success: refusal === null,
    errors: new ApexList(Types.library('Messaging.SendEmailError'), errors),
  });
}

function sendEmail(
  messages: ApexList<Bean> | null,
  allOrNone: boolean | null = true,
): ApexList<Bean> {
  const transaction = currentTransaction();
  transaction.limits.add('EmailInvocations', 1);
  const mails = required(messages).items.map(captured);
  const refusals = mails.map(refusalOf);
  const first = refusals.findIndex((refusal) => refusal !== null);
  if (first >= 0 && allOrNone !== false) {
    const refusal = refusals[first];
    const text = `SendEmail failed. First exception on row ${first}; first error: ${refusal?.status ?? ''}, ${refusal?.message ?? ''}: []`;
    throw apexException('System.EmailException', text);
  }
  transaction.services.mail.send(mails.filter((_, index) => refusals[index] === null));
  return new ApexList(Types.library('Messaging.SendEmailResult'), refusals.map(result));
}

/** Beans for every class of the namespace that only holds values. */
const BEANS = [
  'Email',
  'SingleEmailMessage',
  'MassEmailMessage',
  'EmailAttachment',
  'EmailFileAttachment',
  'SendEmailResult',
  'SendEmailError',
  'InboundEmail',
  'InboundEmail.Header',
  'InboundEmail.BinaryAttachment',
  'InboundEmail.TextAttachment',
  'InboundEmailResult',
  'InboundEnvelope',
  'CustomNotification',
].filter((name) => libraryType(`Messaging.${name}`) !== undefined && name !== 'CustomNotification');

export const messagingTypes = [
  define('Messaging', {
    'reserveMassEmailCapacity(Integer)': (count: number) => void required(count),
    'reserveSingleEmailCapacity(Integer)': (count: number) => void required(count),
    'sendEmail(List<Messaging.Email>)': (messages: ApexList<Bean> | null) => sendEmail(messages),
    'sendEmail(List<Messaging.Email>,Boolean)': sendEmail,
  }),
  ...BEANS.map((name) => defineBean(`Messaging.${name}`)),
];
