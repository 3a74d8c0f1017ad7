import { LightningElement } from 'lwc';
import { goTo } from 'platform/router';
import { session } from 'platform/session';
import { post } from 'shell/api';

/** Who is logged in, and the tools of the local org. */
export default class UserMenu extends LightningElement {
  readonly user = session.user;
  readonly isLoggedInAs = session.isLoggedInAs;

  get menuText(): string {
    return `User menu of ${this.user.name}`;
  }

  get subheader(): string {
    return `${this.user.name} · ${this.user.profileName}`;
  }

  get logOutText(): string {
    return `Log out as ${this.user.name}`;
  }

  async handleSelect(event: CustomEvent<{ value: string }>): Promise<void> {
    const { value } = event.detail;
    if (value === 'logout') {
      await post('logout');
      window.location.reload();
    } else {
      goTo(`/lightning/setup/${value}`);
    }
  }
}
