import { LightningElement, api } from 'lwc';
import { get, messageOf } from 'shell/api';
import { setPageTitle } from 'shell/pageTitle';

interface TabAnswer {
  readonly label: string;
  readonly specifier: string | null;
  readonly flexiPage: string | null;
}

/** A custom tab with a Lightning web component. */
export default class TabPage extends LightningElement {
  label = '';
  specifier = '';
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

  private async load(name: string): Promise<void> {
    this.specifier = '';
    this.problem = '';
    try {
      const tab = await get<TabAnswer>(`tabs/${encodeURIComponent(name)}`);
      this.label = tab.label;
      setPageTitle(tab.label);
      if (tab.specifier === null)
        this.problem = `Tab ${name} is of a kind that is not available in the local org`;
      else this.specifier = tab.specifier;
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}
