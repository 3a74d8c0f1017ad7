import { LightningElement, api } from 'lwc';
import countLabel from '@salesforce/label/c.Site_Pipeline_Count';
import total from '@salesforce/label/c.Site_Pipeline_Total';
import { fillLabel } from 'c/fillLabel';
import { count, money } from 'c/portalFormat';

/** A stage as PortalStage says it. */
export interface PipelineStage {
  readonly stage: string;
  readonly label: string;
  readonly count: number;
  readonly amount?: number | null;
}

interface ShownStage {
  readonly key: string;
  readonly label: string;
  readonly amount: string;
  readonly count: string;
  readonly style: string;
}

/** Open opportunities by stage: a bar for the eye, the numbers in words. */
export default class PortalPipeline extends LightningElement {
  readonly labels = Object.freeze({ total });

  @api stages: readonly PipelineStage[] = [];
  @api currencyCode?: string;

  get totalAmount(): string {
    return this.asMoney(this.stages.reduce((sum, { amount }) => sum + (amount ?? 0), 0));
  }

  get totalCount(): string {
    return this.asCount(this.stages.reduce((sum, stage) => sum + stage.count, 0));
  }

  get shown(): ShownStage[] {
    const largest = Math.max(...this.stages.map(({ amount }) => amount ?? 0), 1);
    return this.stages.map((stage) => ({
      key: stage.stage,
      label: stage.label,
      amount: this.asMoney(stage.amount ?? 0),
      count: this.asCount(stage.count),
      style: `inline-size: ${Math.max(2, Math.round(((stage.amount ?? 0) / largest) * 100))}%`,
    }));
  }

  private asMoney(amount: number): string {
    return money(amount, this.currencyCode);
  }

  private asCount(opportunities: number): string {
    return fillLabel(countLabel, count(opportunities));
  }
}
