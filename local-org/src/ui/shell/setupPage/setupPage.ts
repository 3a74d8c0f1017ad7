import { LightningElement } from 'lwc';
import { get, messageOf } from 'shell/api';
import { setPageTitle } from 'shell/pageTitle';
import type { DeploymentReport, OrganizationInfo } from '../../../server/contract.ts';

interface SetupAnswer {
  readonly organization: OrganizationInfo;
  readonly deployment: DeploymentReport;
  readonly componentProblems: readonly { readonly where: string; readonly message: string }[];
}

interface Numbered {
  readonly key: number;
  readonly text: string;
}

/** What was deployed, what is wrong with it, and what the local org does nothing with. */
export default class SetupPage extends LightningElement {
  answer: SetupAnswer | null = null;
  problem = '';

  connectedCallback(): void {
    setPageTitle('Setup');
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.answer = await get<SetupAnswer>('setup');
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  get organizationText(): string {
    const { organization } = this.answer ?? {};
    return organization === undefined
      ? ''
      : `${organization.name} · ${organization.id} · API ${organization.apiVersion}`;
  }

  get problems(): Numbered[] {
    const components = (this.answer?.componentProblems ?? []).map(
      ({ where, message }) => `${where}: ${message}`,
    );
    const texts = [...components, ...(this.answer?.deployment.problems ?? [])];
    return texts.map((text, key) => ({ key, text }));
  }

  get hasNoProblems(): boolean {
    return this.problems.length === 0;
  }

  get warnings(): Numbered[] {
    return (this.answer?.deployment.warnings ?? []).map((text, key) => ({ key, text }));
  }

  get hasWarnings(): boolean {
    return this.warnings.length > 0;
  }

  get unsupported(): { type: string; text: string }[] {
    return (this.answer?.deployment.components ?? [])
      .filter(({ supported }) => !supported)
      .map(({ type, count }) => ({ type, text: `${type}: ${String(count)}` }));
  }

  get hasUnsupported(): boolean {
    return this.unsupported.length > 0;
  }

  get deployed(): DeploymentReport['components'] {
    return (this.answer?.deployment.components ?? []).filter(({ supported }) => supported);
  }
}
