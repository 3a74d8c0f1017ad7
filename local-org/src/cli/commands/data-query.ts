import { flatten } from '../../execution/org-door.ts';
import type { RestQueryResult } from '../../server/contract.ts';
import { ExitCode } from '../exit-codes.ts';
import { openDoor } from '../open-door.ts';
import { workspaceOf } from '../options.ts';
import type { CommonFlags } from '../options.ts';
import { table } from '../reports/table.ts';
import type { Outcome } from '../run-command.ts';

interface Flags extends CommonFlags {
  readonly query: string;
  readonly asUser?: string;
  readonly resultFormat: 'human' | 'json' | 'csv';
}

/** `data query`: SOQL as a user. */
export async function dataQuery(flags: Flags): Promise<Outcome> {
  const door = await openDoor(workspaceOf(flags));
  try {
    const result = await door.query(flags.query, flags.asUser ?? null);
    return {
      exitCode: ExitCode.good,
      result,
      human: print(result, flags.resultFormat),
      warnings: [],
    };
  } finally {
    await door.close();
  }
}

function print(result: RestQueryResult, format: Flags['resultFormat']): string {
  if (format === 'json') return `${JSON.stringify(result, null, 2)}\n`;
  const rows = result.records.map(flatten);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  // A lookup that is empty in some rows has no column of its own.
  const header = names.filter((name) => !names.some((other) => other.startsWith(`${name}.`)));
  const cells = rows.map((row) => header.map((name) => row[name] ?? ''));
  if (format === 'csv')
    return [header, ...cells].map((line) => `${line.map(csvCell).join(',')}\n`).join('');
  const total = `Total number of records retrieved: ${result.totalSize}.`;
  return rows.length === 0
    ? `${total}\n`
    : `${table(
        header.map((name) => name.toUpperCase()),
        cells,
      )}\n\n${total}\n`;
}

/** Documented form: RFC 4180. */
function csvCell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value;
}
