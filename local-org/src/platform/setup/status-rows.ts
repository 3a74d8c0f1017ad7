import type { RecordStore } from '../../dml/hooks.ts';
import type { Schema } from '../../schema/contract.ts';
import { DEFAULT_CLOSED_VALUES, DEFAULT_STAGES } from '../../schema/standard-values.ts';
import { upsertSetupRow } from './upsert.ts';

/**
 * The rows of OpportunityStage and LeadStatus, which say what a stage or a status means (documented: Object Reference, OpportunityStage,
 * LeadStatus). Stages that a project adds stand open; those it does not list stay, inactive.
 */
export function seedSalesStates(store: RecordStore, schema: Schema): void {
  const offered = valuesOf(schema, 'Opportunity', 'StageName');
  const known = new Map(DEFAULT_STAGES.map((stage) => [stage.name, stage]));
  for (const [index, name] of [...new Set([...offered, ...known.keys()])].entries()) {
    const stage = known.get(name);
    upsertSetupRow(
      store,
      'OpportunityStage',
      { ApiName: name },
      {
        MasterLabel: name,
        IsActive: offered.includes(name),
        SortOrder: index + 1,
        IsClosed: stage?.isClosed ?? false,
        IsWon: stage?.isWon ?? false,
        ForecastCategory: stage?.forecastCategory ?? 'Pipeline',
        ForecastCategoryName: stage?.forecastCategory ?? 'Pipeline',
        DefaultProbability: stage?.probability ?? 0,
      },
    );
  }
  for (const [index, name] of valuesOf(schema, 'Lead', 'Status').entries()) {
    upsertSetupRow(
      store,
      'LeadStatus',
      { ApiName: name },
      {
        MasterLabel: name,
        SortOrder: index + 1,
        IsDefault: index === 0,
        IsConverted: DEFAULT_CLOSED_VALUES.Lead.includes(name),
      },
    );
  }
}

function valuesOf(schema: Schema, object: string, field: string): string[] {
  const values = schema.object(object)?.fields.get(field.toLowerCase())?.picklist ?? [];
  return values.filter(({ isActive }) => isActive).map(({ value }) => value);
}
