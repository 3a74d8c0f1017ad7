import { LightningElement } from 'lwc';
import { messageOf, post } from 'site/api';
import type { LoginAnswer } from 'site/api';

/** Stand-in for the platform's standard page that the link in a password mail leads to. */
export default class ChangePassword extends LightningElement {
  static renderMode = 'light' as const;
  message = '';
  busy = false;

  async handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const value = (name: 'password' | 'confirmation'): string =>
      (this.refs?.[name] as HTMLInputElement | undefined)?.value ?? '';
    if (value('password') !== value('confirmation')) {
      this.message = 'The passwords do not match.';
      return;
    }
    this.busy = true;
    try {
      const answer = await post<LoginAnswer>('change-password', {
        ticket: new URLSearchParams(window.location.search).get('r') ?? '',
        password: value('password'),
      });
      if (answer.url !== null) {
        window.location.assign(answer.url);
        return;
      }
      this.message = answer.message ?? '';
    } catch (error) {
      this.message = messageOf(error);
    }
    this.busy = false;
  }
}
