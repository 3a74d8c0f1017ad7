import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SalesforceCliError } from './salesforce-cli.ts';
import type { SalesforceCli } from './salesforce-cli.ts';

/** Documented: "Composite Batch", at most so many. */
const BATCH = 25;

/** What the CLI knows of an org and of who is logged in. */
export interface OrgFacts {
  readonly id: string;
  readonly username: string;
  readonly apiVersion: string;
  readonly instanceUrl: string;
}

/** A row of a query. */
export type Row = Readonly<Record<string, unknown>>;

/** An org that the Salesforce CLI knows, asked through the CLI alone. */
export class Org {
  readonly cli: SalesforceCli;
  /** Alias or user name. */
  readonly name: string;
  #facts: OrgFacts | null = null;

  constructor(cli: SalesforceCli, name: string) {
    this.cli = cli;
    this.name = name;
  }

  /** The command's arguments with this org as its target. */
  args(...args: readonly string[]): string[] {
    return [...args, '--target-org', this.name];
  }

  run<Result>(...args: readonly string[]): Promise<Result> {
    return this.cli.json<Result>(this.args(...args));
  }

  async query(soql: string): Promise<readonly Row[]> {
    const { records } = await this.run<{ records: readonly Row[] }>(
      'data',
      'query',
      '--query',
      soql,
    );
    return records;
  }

  /** The rows of several queries, asked together. @throws SalesforceCliError for the first that the org refuses */
  async queryAll(soql: readonly string[]): Promise<readonly (readonly Row[])[]> {
    return (await this.answers(soql)).map((answer) => {
      if (answer instanceof SalesforceCliError) throw answer;
      return answer;
    });
  }

  /**
   * The rows of several queries, or why the org refuses one. Documented: REST API Developer Guide, "Composite Batch": up to 25 reads in one call, each with its own
   * status.
   */
  async answers(
    soql: readonly string[],
  ): Promise<readonly (readonly Row[] | SalesforceCliError)[]> {
    if (soql.length === 0) return [];
    const { apiVersion } = await this.display();
    const answers: (readonly Row[] | SalesforceCliError)[] = [];
    for (let start = 0; start < soql.length; start += BATCH) {
      const some = soql.slice(start, start + BATCH);
      const batchRequests = some.map((one) => ({
        method: 'GET',
        url: `v${apiVersion}/query?q=${encodeURIComponent(one)}`,
      }));
      const path = `/services/data/v${apiVersion}/composite/batch`;
      const { results } = (await this.request('POST', path, { batchRequests })) as {
        readonly results: readonly Subresult[];
      };
      answers.push(...results.map((result, index) => answerOf(result, some[index] ?? '')));
    }
    return answers;
  }

  /** Calls the REST API. @throws SalesforceCliError with what the org said */
  async request(method: 'GET' | 'POST', path: string, body: object = {}): Promise<unknown> {
    const args = this.args('api', 'request', 'rest', path, '--method', method);
    const answer = await (method === 'GET'
      ? this.cli.json<RestAnswer>(args)
      : // In a file: command lines are short on some systems.
        withFile('body.json', JSON.stringify(body), (file) =>
          this.cli.json<RestAnswer>([...args, '--body', `@${file}`]),
        ));
    return Array.isArray(answer) ? answer : (answer as { readonly body?: unknown }).body;
  }

  /** Facts about org and user. */
  async display(): Promise<OrgFacts> {
    return (this.#facts ??= await this.run<OrgFacts>('org', 'display'));
  }
}

type RestAnswer = { readonly body?: unknown } | readonly unknown[];

interface Subresult {
  readonly statusCode: number;
  readonly result:
    | { readonly done: boolean; readonly records: readonly Row[] }
    | readonly { readonly errorCode: string; readonly message: string }[];
}

function answerOf({ result }: Subresult, soql: string): readonly Row[] | SalesforceCliError {
  if (!('records' in result)) {
    const [problem] = result;
    const message = problem?.message ?? 'The query was refused';
    return new SalesforceCliError(problem?.errorCode ?? 'Failed', message, result);
  }
  if (result.done) return result.records;
  return new SalesforceCliError('TooManyRows', `More rows than one answer holds: ${soql}`, result);
}

/** Has a file of its own with some content while `body` runs. */
export async function withFile<Result>(
  name: string,
  content: string,
  body: (file: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'partner-enablement-'));
  try {
    const file = join(folder, name);
    writeFileSync(file, content);
    return await body(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A field as text; empty when it has none. */
export function text(row: Row | undefined, field: string): string {
  const value = row?.[field];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

/** A value inside quotes of SOQL. */
export function quoted(value: string): string {
  return `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}
