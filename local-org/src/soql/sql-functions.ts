import { zoneOffset } from '../apex/values/datetime.ts';
import { evaluateField, formulaOf } from '../formula/registry.ts';
import { formulaEnv } from '../formula/env.ts';
import type { FormulaEnv } from '../formula/types.ts';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { FieldInfo, ObjectInfo } from '../schema/contract.ts';
import { fold } from '../storage/fold.ts';
import type { OrgStore } from '../storage/store.ts';

const DAY = 86_400_000;

const environments = new WeakMap<OrgStore, FormulaEnv>();

/** Says in whose name and at what time formulas in SQL are evaluated from now on. */
export function setFormulaEnv(store: OrgStore, env: FormulaEnv): void {
  environments.set(store, env);
  registerSqlFunctions(store);
}

const registered = new WeakSet<OrgStore>();

/** Registers what queries need beyond SQL, once for each org: `formula`, `date_part`, `includes`, `format_value`. */
export function registerSqlFunctions(store: OrgStore): void {
  if (registered.has(store)) return;
  registered.add(store);
  const fields = new Map<string, { object: ObjectInfo; field: FieldInfo }>();
  let schema = store.schema;
  store.db.function('formula', (key, ...args) => {
    if (schema !== store.schema) {
      fields.clear();
      schema = store.schema;
    }
    const name = String(key);
    let known = fields.get(name);
    if (known === undefined) {
      const [objectName = '', fieldName = ''] = name.split('.');
      const object = schema.object(objectName);
      const field = schema.field(objectName, fieldName);
      if (object === undefined || field === undefined)
        throw raise(Diagnostics.INTERNAL, [`no formula ${name}`]);
      known = { object, field };
      fields.set(name, known);
    }
    const { object, field } = known;
    return evaluateField(formulaOf(schema, object, field), field, {
      env: environments.get(store) ?? systemEnv(store),
      value: (index) => args[index] ?? null,
    });
  });
  store.db.function('date_part', (fn, value, kind, zone) =>
    value === null ? null : datePart(String(fn), Number(value), kind === 'datetime', String(zone)),
  );
  store.db.function('includes', (value, wanted) => (includes(value, String(wanted)) ? 1 : 0));
  store.db.function('format_value', (value, kind, scale, zone) =>
    value === null
      ? null
      : formatValue(
          value as number | string,
          String(kind),
          scale === null ? null : Number(scale),
          String(zone),
        ),
  );
}

function systemEnv(store: OrgStore): FormulaEnv {
  return formulaEnv(store, store.clock.userId ?? '', store.now, 'UTC');
}

/** `INCLUDES ('A;B', 'C')`: A and B, or C (documented). */
function includes(value: unknown, wanted: string): boolean {
  if (typeof value !== 'string') return false;
  const members = new Set(fold(value).split(';'));
  const combinations = JSON.parse(wanted) as unknown[];
  return combinations.some(
    (item) => typeof item === 'string' && item.split(';').every((part) => members.has(part.trim())),
  );
}

/** Documented: SOQL date functions. Weeks start on Sunday; the fiscal year is the calendar year. */
function datePart(fn: string, value: number, isDatetime: boolean, zone: string): number {
  const wall = isDatetime ? value + zoneOffset(value, zone) : value * DAY;
  const date = new Date(wall);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const day = date.getUTCDate();
  const dayOfYear = Math.floor((wall - Date.UTC(year, 0, 1)) / DAY) + 1;
  switch (fn) {
    case 'CALENDAR_YEAR':
    case 'FISCAL_YEAR':
      return year;
    case 'CALENDAR_QUARTER':
    case 'FISCAL_QUARTER':
      return Math.floor(month / 3) + 1;
    case 'CALENDAR_MONTH':
    case 'FISCAL_MONTH':
      return month + 1;
    case 'DAY_IN_MONTH':
      return day;
    case 'DAY_IN_WEEK':
      return date.getUTCDay() + 1;
    case 'DAY_IN_YEAR':
      return dayOfYear;
    case 'DAY_ONLY':
      return Math.floor(wall / DAY);
    case 'HOUR_IN_DAY':
      return date.getUTCHours();
    // "1 for the week that runs from January 1 through January 7" (documented), and likewise in the month.
    case 'WEEK_IN_MONTH':
      return Math.floor((day - 1) / 7) + 1;
    case 'WEEK_IN_YEAR':
      return Math.floor((dayOfYear - 1) / 7) + 1;
    default:
      throw raise(Diagnostics.SOQL_NOT_IMPLEMENTED, [`function ${fn}`]);
  }
}

/** FORMAT() in the locale en_US (documented: "the formats of the user's locale"; others are not built). */
function formatValue(
  value: number | string,
  kind: string,
  scale: number | null,
  zone: string,
): string {
  switch (kind) {
    case 'int':
    case 'long':
    case 'double':
    case 'percent':
    case 'currency': {
      const digits =
        scale === null ? {} : { minimumFractionDigits: scale, maximumFractionDigits: scale };
      const text = new Intl.NumberFormat('en-US', digits).format(Number(value));
      return kind === 'currency' ? `$${text}` : text;
    }
    case 'date':
      return new Date(Number(value) * DAY).toLocaleDateString('en-US', { timeZone: 'UTC' });
    case 'datetime':
      return new Date(Number(value))
        .toLocaleString('en-US', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
        .replaceAll('\u202f', ' ');
    default:
      return String(value);
  }
}
