import unknownError from '@salesforce/label/c.Error_Unknown';

type Reader = (error: Readonly<Record<string, unknown>>) => string[];

/** What Lightning Data Service answers for a page of errors, and for single fields. */
const readOutput: Reader = ({ body }) => {
  const output = asObject(asObject(body)?.output);
  const fieldErrors = Object.values(asObject(output?.fieldErrors) ?? {}).flat();
  return [...asList(output?.errors), ...fieldErrors].flatMap(readMessage);
};

/** What Apex answers when a DML statement failed: messages of the page and of fields. */
const readDmlErrors: Reader = ({ body }) => {
  const errors = asObject(body);
  const fieldErrors = Object.values(asObject(errors?.fieldErrors) ?? {}).flat();
  return [...asList(errors?.pageErrors), ...fieldErrors].flatMap(readMessage);
};

/** What the User Interface API answers for reads: a list. */
const readBodyList: Reader = ({ body }) => asList(body).flatMap(readMessage);

/** What Apex answers for a thrown exception: one message. */
const readBodyMessage: Reader = ({ body }) => readMessage(body);

/** An error of the component's own code, or of the network. */
const readOwnMessage: Reader = (error) => readMessage(error);

const readStatusText: Reader = ({ statusText }) => (isText(statusText) ? [statusText] : []);

/** The most specific first. */
const READERS: readonly Reader[] = [
  readOutput,
  readDmlErrors,
  readBodyList,
  readBodyMessage,
  readOwnMessage,
  readStatusText,
];

/** The messages in whatever a wire, Apex or code has thrown: at least one, each once, none empty. */
export function reduceErrors(errors: unknown): string[] {
  const messages = (Array.isArray(errors) ? errors : [errors]).flatMap(reduceOne);
  return messages.length > 0 ? [...new Set(messages)] : [unknownError];
}

function reduceOne(error: unknown): string[] {
  if (isText(error)) return [error];
  const shape = asObject(error);
  if (!shape) return [];
  for (const read of READERS) {
    const messages = read(shape);
    if (messages.length > 0) return messages;
  }
  return [];
}

function readMessage(carrier: unknown): string[] {
  const message = asObject(carrier)?.message;
  return isText(message) ? [message] : [];
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
