import { LightningElement, api } from 'lwc';
import { get, isNotFound, messageOf } from 'shell/api';
import { setPageTitle } from 'shell/pageTitle';
import type { TabPageModel } from '../../../server/pages/model.ts';

/** A custom tab: a component, or the regions of an app page. */
export default class TabPage extends LightningElement {
  model: TabPageModel | null = null;
  problem = '';
  private tabName = '';

  @api
  get name(): string {
    return this.tabName;
  }
  set name(name: string) {
    if (name === this.tabName) return;
    this.tabName = name;
    void this.load(name);
  }

  get label(): string {
    return this.model?.label ?? this.tabName;
  }

  get hasSidebar(): boolean {
    return (this.model?.sidebar.length ?? 0) > 0;
  }

  get bodyClass(): string {
    return this.hasSidebar ? 'body_two' : '';
  }

  private async load(name: string): Promise<void> {
    this.model = null;
    this.problem = '';
    try {
      const model = await get<TabPageModel>(`tabs/${encodeURIComponent(name)}`);
      setPageTitle(model.label);
      if (model.unsupported === null) this.model = model;
      else this.problem = model.unsupported;
    } catch (error) {
      this.problem = isNotFound(error) ? `There is no tab ${name} in this org.` : messageOf(error);
    }
  }
}
