import { LightningElement } from 'lwc';
import { session } from 'platform/session';
import { get, messageOf, post } from 'shell/api';
import { setPageTitle } from 'shell/pageTitle';
import type { LoginUser } from '../../../server/contract.ts';

interface ShownUser extends LoginUser {
  readonly url: string;
  readonly role: string;
  /** Where there is no room for columns. */
  readonly summary: string;
  readonly state: string;
  readonly disabled: boolean;
  readonly buttonText: string;
}

/** All users of the org, to become one of them. */
export default class UsersPage extends LightningElement {
  users: readonly LoginUser[] | null = null;
  search = '';
  problem = '';

  connectedCallback(): void {
    setPageTitle('Log in as');
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.users = await get<LoginUser[]>('users');
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  get shownUsers(): ShownUser[] {
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean);
    return (this.users ?? [])
      .filter((user) => {
        const text = [
          user.name,
          user.username,
          user.profileName,
          user.roleName ?? '',
          user.userType,
        ]
          .join(' ')
          .toLowerCase();
        return words.every((word) => text.includes(word));
      })
      .map((user) => this.toShown(user));
  }

  get isEmpty(): boolean {
    return this.users !== null && this.shownUsers.length === 0;
  }

  get summary(): string {
    if (this.users === null) return '';
    const { length } = this.shownUsers;
    return `${String(length)} ${length === 1 ? 'user' : 'users'}`;
  }

  private toShown(user: LoginUser): ShownUser {
    const isMe = user.id === session.user.Id;
    const state = isMe ? 'You' : user.isActive ? 'Active' : 'Inactive';
    return {
      ...user,
      url: `/lightning/r/User/${user.id}/view`,
      role: user.roleName ?? '–',
      summary: [user.profileName, user.roleName ?? 'no role', state].join(' · '),
      state,
      disabled: isMe || !user.isActive,
      buttonText: `Log in as ${user.name}`,
    };
  }

  handleSearch(event: CustomEvent<{ value: string }>): void {
    this.search = event.detail.value;
  }

  async handleLogIn(event: Event): Promise<void> {
    const userId = (event.currentTarget as HTMLElement).dataset['id'];
    try {
      const { url } = await post<{ url: string }>('login', { userId });
      // Somebody else sees another org: the document starts anew.
      window.location.assign(url);
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}
