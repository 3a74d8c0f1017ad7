import { LightningElement } from 'lwc';
import getTeam from '@salesforce/apex/PortalTeamController.getTeam';
import ask from '@salesforce/label/c.Site_Request_User';
import askIntro from '@salesforce/label/c.Site_Request_User_Intro';
import colleagues from '@salesforce/label/c.Site_Colleagues';
import inactive from '@salesforce/label/c.Site_Inactive';
import intro from '@salesforce/label/c.Site_Team_Intro';
import isMeText from '@salesforce/label/c.Site_Me';
import lastLogin from '@salesforce/label/c.Site_Last_Login';
import neverLoggedIn from '@salesforce/label/c.Site_Never_Logged_In';
import noRequests from '@salesforce/label/c.Site_No_Requests';
import onlyMe from '@salesforce/label/c.Site_Only_Me';
import requests from '@salesforce/label/c.Site_Requests';
import title from '@salesforce/label/c.Site_Team';
import { fillLabel } from 'c/fillLabel';
import type { FieldOption } from 'c/portalField';
import { day, dayAndTime, initials, toneOf } from 'c/portalFormat';
import type { Tone } from 'c/portalFormat';

interface Member {
  readonly userId: string;
  readonly name: string;
  readonly title?: string | null;
  readonly email?: string | null;
  readonly tierLabel: string;
  readonly isActive: boolean;
  readonly lastLogin?: string | null;
  readonly isMe: boolean;
}

interface UserRequest {
  readonly id: string;
  readonly firstName?: string | null;
  readonly lastName: string;
  readonly email: string;
  readonly tierLabel: string;
  readonly status: string;
  readonly statusLabel: string;
  readonly decisionReason?: string | null;
  readonly requestedOn?: string | null;
}

/** The page as PortalTeam says it. */
interface Team {
  readonly accountName?: string | null;
  readonly members: readonly Member[];
  readonly requests: readonly UserRequest[];
  readonly mayRequest: boolean;
  readonly tiers: readonly FieldOption[];
}

interface ShownMember {
  readonly key: string;
  readonly name: string;
  readonly initials: string;
  readonly title?: string | null;
  readonly email?: string | null;
  readonly mail: string;
  readonly tierLabel: string;
  readonly isInactive: boolean;
  readonly login: string;
}

interface ShownRequest {
  readonly key: string;
  readonly name: string;
  readonly detail: string;
  readonly reason?: string | null;
  readonly statusLabel: string;
  readonly tone: Tone;
}

/** Colleagues; an executive also asks for new users here and sees what became of it. */
export default class PortalTeam extends LightningElement {
  readonly labels = Object.freeze({ ask, askIntro, colleagues, inactive, intro, requests, title });

  team?: Team;
  error?: unknown;
  isAsking = false;

  connectedCallback(): void {
    void this.load();
  }

  get isLoading(): boolean {
    return !this.team && this.error === undefined;
  }

  get intro(): string {
    return this.team?.accountName ?? intro;
  }

  get mayRequest(): boolean {
    return this.team?.mayRequest === true;
  }

  get mayAsk(): boolean {
    return this.mayRequest && !this.isAsking;
  }

  get members(): ShownMember[] {
    return (this.team?.members ?? []).map((member) => ({
      key: member.userId,
      name: member.isMe ? fillLabel(isMeText, member.name) : member.name,
      initials: initials(member.name),
      title: member.title,
      email: member.email,
      mail: `mailto:${member.email ?? ''}`,
      tierLabel: member.tierLabel,
      isInactive: !member.isActive,
      login: this.mayRequest ? loginOf(member) : '',
    }));
  }

  /** Those of lower tier see nobody else, and are told so. */
  get hint(): string {
    return this.members.length === 1 ? onlyMe : '';
  }

  get requests(): ShownRequest[] {
    return (this.team?.requests ?? []).map((request) => ({
      key: request.id,
      name: [request.firstName, request.lastName].filter(Boolean).join(' '),
      detail: [request.email, request.tierLabel, day(request.requestedOn)]
        .filter(Boolean)
        .join(' · '),
      reason: request.decisionReason,
      statusLabel: request.statusLabel,
      tone: toneOf(request.status),
    }));
  }

  get requestsEmpty(): string | undefined {
    return this.requests.length === 0 ? noRequests : undefined;
  }

  handleRetry(): void {
    this.error = undefined;
    void this.load();
  }

  handleAsk(): void {
    this.isAsking = true;
  }

  handleCancel(): void {
    this.isAsking = false;
  }

  handleRequested(): void {
    this.isAsking = false;
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.team = await getTeam<Team>();
    } catch (error) {
      this.error = error;
    }
  }
}

function loginOf(member: Member): string {
  return member.lastLogin ? fillLabel(lastLogin, dayAndTime(member.lastLogin)) : neverLoggedIn;
}
