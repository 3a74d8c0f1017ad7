import { LightningElement } from 'lwc';
import { get, messageOf } from 'shell/api';
import { setPageTitle } from 'shell/pageTitle';
import type { OutboxMail } from '../../../server/contract.ts';

/** What Apex mailed. */
export default class MailsPage extends LightningElement {
  mails: readonly OutboxMail[] | null = null;
  problem = '';

  connectedCallback(): void {
    setPageTitle('Mail outbox');
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.mails = await get<OutboxMail[]>('mails');
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  get isEmpty(): boolean {
    return this.mails?.length === 0;
  }

  get shownMails(): (OutboxMail & { facts: string })[] {
    return (this.mails ?? []).map((mail) => ({
      ...mail,
      facts: `${new Date(mail.sentAt).toLocaleString()} · from ${mail.from} · to ${[...mail.to, ...mail.cc].join(', ')}`,
    }));
  }
}
