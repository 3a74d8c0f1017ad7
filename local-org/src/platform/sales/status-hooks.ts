import { Decimal } from '../../apex/values/decimal.ts';
import { ApexDate } from '../../apex/values/date.ts';
import { ApexDatetime } from '../../apex/values/datetime.ts';
import type { RecordChange, SaveHook } from '../../dml/hooks.ts';
import { textAfter, valueAfter, valueBefore } from '../changes.ts';

interface Stage {
  readonly probability: number;
  /** Values of `ForecastCategory` and `ForecastCategoryName`. */
  readonly forecast: readonly [category: string, name: string];
}

const PIPELINE = ['Pipeline', 'Pipeline'] as const;
const BEST_CASE = ['BestCase', 'Best Case'] as const;

// Documented: Help, "Opportunity Stages" as a new org has them. Stages of a project's own are open, with probability unknown.
const STAGES: ReadonlyMap<string, Stage> = new Map([
  ['prospecting', { probability: 10, forecast: PIPELINE }],
  ['qualification', { probability: 10, forecast: PIPELINE }],
  ['needs analysis', { probability: 20, forecast: PIPELINE }],
  ['value proposition', { probability: 50, forecast: PIPELINE }],
  ['id. decision makers', { probability: 60, forecast: PIPELINE }],
  ['perception analysis', { probability: 70, forecast: PIPELINE }],
  ['proposal/price quote', { probability: 75, forecast: BEST_CASE }],
  ['negotiation/review', { probability: 90, forecast: BEST_CASE }],
  ['closed won', { probability: 100, forecast: ['Closed', 'Closed'] }],
  ['closed lost', { probability: 0, forecast: ['Omitted', 'Omitted'] }],
]);

/** What `StageName` decides on an opportunity (documented: Object Reference, Opportunity: IsClosed, IsWon, Probability, ForecastCategory, Fiscal…). */
export const opportunityHook: SaveHook = {
  objects: ['Opportunity'],
  operations: ['insert', 'update'],
  validate(changes) {
    for (const change of changes) applyStage(change);
  },
};

function applyStage(change: RecordChange): void {
  const name = textAfter(change, 'StageName')?.toLowerCase() ?? '';
  const stage = STAGES.get(name);
  const won = name === 'closed won';
  set(change, 'IsWon', won);
  set(change, 'IsClosed', won || name === 'closed lost');
  if (stage !== undefined && (change.before === null || change.changed('StageName'))) {
    if (!change.changed('Probability'))
      set(change, 'Probability', Decimal.ofInteger(stage.probability));
    set(change, 'ForecastCategory', stage.forecast[0]);
    if (!change.changed('ForecastCategoryName'))
      set(change, 'ForecastCategoryName', stage.forecast[1]);
  }
  const amount = valueAfter(change, 'Amount');
  const probability = valueAfter(change, 'Probability');
  const known = amount instanceof Decimal && probability instanceof Decimal;
  set(
    change,
    'ExpectedRevenue',
    known ? amount.multiply(probability).divideToScale(Decimal.ofInteger(100), 2) : null,
  );
  const close = valueAfter(change, 'CloseDate');
  if (close instanceof ApexDate) {
    const quarter = Math.floor((close.month - 1) / 3) + 1;
    set(change, 'FiscalYear', close.year);
    set(change, 'FiscalQuarter', quarter);
    set(change, 'Fiscal', `${close.year} ${quarter}`);
  }
}

/** Cases with the status Closed are closed since when they got it (documented: Object Reference, Case: IsClosed, ClosedDate). */
export const caseHook: SaveHook = {
  objects: ['Case'],
  operations: ['insert', 'update'],
  validate(changes, store) {
    for (const change of changes) {
      const closed = textAfter(change, 'Status')?.toLowerCase() === 'closed';
      const wasClosed = valueBefore(change, 'IsClosed') === true;
      set(change, 'IsClosed', closed);
      if (closed && !wasClosed) set(change, 'ClosedDate', new ApexDatetime(store.now));
      if (!closed) set(change, 'ClosedDate', null);
    }
  },
};

/** Completed tasks are closed (documented: Object Reference, Task: IsClosed). */
export const taskHook: SaveHook = {
  objects: ['Task'],
  operations: ['insert', 'update'],
  validate(changes) {
    for (const change of changes) {
      const closed = textAfter(change, 'Status')?.toLowerCase() === 'completed';
      set(change, 'IsClosed', closed);
      if (!closed) set(change, 'CompletedDateTime', null);
    }
  },
};

/** Sets a field that the platform maintains, where the org has it. */
function set(change: RecordChange, field: string, value: unknown): void {
  const info = change.after.object.fields.get(field.toLowerCase());
  if (info !== undefined && info.formula === undefined) change.after.load(info.name, value);
}
