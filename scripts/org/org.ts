import type { SalesforceCli } from './salesforce-cli.ts';

/** A row of a query. */
export type Row = Readonly<Record<string, unknown>>;

/** An org that the Salesforce CLI knows, asked through the CLI alone. */
export class Org {
  readonly cli: SalesforceCli;
  /** Alias or user name. */
  readonly name: string;

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

  /** Calls the REST API. @throws SalesforceCliError with what the org said */
  async request(method: 'GET' | 'POST', path: string): Promise<unknown> {
    const body = method === 'GET' ? [] : ['--body', '{}'];
    const args = this.args('api', 'request', 'rest', path, '--method', method, ...body);
    const answer = await this.cli.json<{ readonly body?: unknown } | readonly unknown[]>(args);
    return Array.isArray(answer) ? answer : (answer as { readonly body?: unknown }).body;
  }

  /** Facts about org and user. */
  display(): Promise<{
    readonly id: string;
    readonly username: string;
    readonly apiVersion: string;
  }> {
    return this.run('org', 'display');
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
