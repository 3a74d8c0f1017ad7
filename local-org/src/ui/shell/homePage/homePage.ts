import { LightningElement, api } from 'lwc';
import { session } from 'platform/session';
import { setPageTitle } from 'shell/pageTitle';
import type { AppModel } from '../../../server/pages/model.ts';

interface Card {
  readonly label: string;
  readonly url: string;
  readonly icon: string;
  readonly text: string;
}

/** Where to start. */
export default class HomePage extends LightningElement {
  @api app: AppModel | null = null;

  connectedCallback(): void {
    setPageTitle('Home');
  }

  get greeting(): string {
    return `Welcome, ${session.user.name}`;
  }

  get description(): string {
    return (
      this.app?.description ??
      'This org runs on your machine: same Apex, same metadata, same components.'
    );
  }

  get cards(): Card[] {
    const tabs = (this.app?.tabs ?? [])
      .filter((tab) => tab.unsupported === null && tab.url !== '/lightning/page/home')
      .map((tab) => ({
        label: tab.label,
        url: tab.url,
        icon: tab.objectApiName === null ? 'standard:custom' : iconOf(tab.objectApiName),
        text:
          tab.objectApiName === null
            ? 'Open the page'
            : `See and search all ${tab.label.toLowerCase()}`,
      }));
    return [
      ...tabs,
      {
        label: 'Log in as',
        url: '/lightning/setup/users',
        icon: 'standard:people',
        text: 'See the org as any of its users',
      },
      {
        label: 'Debug logs',
        url: '/lightning/setup/logs',
        icon: 'standard:event',
        text: 'What Apex did, line by line',
      },
      {
        label: 'Mail outbox',
        url: '/lightning/setup/mails',
        icon: 'standard:email',
        text: 'Mails that Apex sent: none leaves this machine',
      },
      {
        label: 'Setup',
        url: '/lightning/setup/deployment',
        icon: 'standard:settings',
        text: 'What was deployed, and what the local org does not support',
      },
    ];
  }
}

function iconOf(objectApiName: string): string {
  return objectApiName.endsWith('__c')
    ? 'standard:record'
    : `standard:${objectApiName.toLowerCase()}`;
}
