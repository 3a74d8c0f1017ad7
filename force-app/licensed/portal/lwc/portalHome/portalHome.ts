import { LightningElement } from 'lwc';
import getHome from '@salesforce/apex/PortalHomeController.getHome';
import announcements from '@salesforce/label/c.Site_News';
import dueIn from '@salesforce/label/c.Site_Due_In';
import dueToday from '@salesforce/label/c.Site_Due_Today';
import dueTomorrow from '@salesforce/label/c.Site_Due_Tomorrow';
import greeting from '@salesforce/label/c.Site_Greeting';
import noNews from '@salesforce/label/c.Site_No_News';
import noPipeline from '@salesforce/label/c.Site_No_Pipeline';
import noTasks from '@salesforce/label/c.Site_No_Tasks';
import overdue from '@salesforce/label/c.Site_Overdue';
import pipelineMine from '@salesforce/label/c.Site_Pipeline_Mine';
import pipelineTeam from '@salesforce/label/c.Site_Pipeline_Team';
import pipelineTeamIntro from '@salesforce/label/c.Site_Pipeline_Team_Intro';
import registerDeal from '@salesforce/label/c.Site_Register_Deal';
import tasks from '@salesforce/label/c.Site_Tasks';
import welcome from '@salesforce/label/c.Site_Home';
import kindAnswerOffer from '@salesforce/label/c.Site_Task_Answer_Offer';
import kindDealDecided from '@salesforce/label/c.Site_Task_Deal_Decided';
import kindDealExpires from '@salesforce/label/c.Site_Task_Deal_Expires';
import kindFinishDeal from '@salesforce/label/c.Site_Task_Finish_Deal';
import kindOpportunityCloses from '@salesforce/label/c.Site_Task_Opportunity_Closes';
import kindOpportunityOverdue from '@salesforce/label/c.Site_Task_Opportunity_Overdue';
import kindRequestDecided from '@salesforce/label/c.Site_Task_Request_Decided';
import { fillLabel } from 'c/fillLabel';
import { day, daysUntil } from 'c/portalFormat';
import type { Tone } from 'c/portalFormat';
import { PAGES } from 'c/portalPages';
import type { LinkTarget } from 'c/portalPages';
import type { PipelineStage } from 'c/portalPipeline';

interface Task {
  readonly kind: string;
  readonly recordId: string;
  readonly objectName: string;
  readonly title: string;
  readonly detail?: string | null;
  readonly dueOn?: string | null;
  readonly isOverdue?: boolean | null;
}

interface Announcement {
  readonly id: string;
  readonly title: string;
  readonly publishedOn?: string | null;
}

/** The page as PortalHome says it. */
export interface Home {
  readonly firstName?: string | null;
  readonly userName: string;
  readonly accountName?: string | null;
  readonly tierLabel?: string | null;
  readonly isTeam: boolean;
  readonly mayRegisterDeals: boolean;
  readonly tasks: readonly Task[];
  readonly pipeline: readonly PipelineStage[];
  readonly currencyCode?: string | null;
  readonly announcements: readonly Announcement[];
}

interface ShownTask {
  readonly key: string;
  readonly kind: string;
  readonly title: string;
  readonly detail?: string | null;
  readonly target: LinkTarget;
  readonly due: string;
  readonly tone: Tone;
}

const KINDS: Readonly<Record<string, string>> = {
  answerOffer: kindAnswerOffer,
  dealDecided: kindDealDecided,
  dealExpires: kindDealExpires,
  finishDeal: kindFinishDeal,
  opportunityCloses: kindOpportunityCloses,
  opportunityOverdue: kindOpportunityOverdue,
  requestDecided: kindRequestDecided,
};
const SOON = 3;

/** The start page: what needs me today, the pipeline, what is new. */
export default class PortalHome extends LightningElement {
  readonly labels = Object.freeze({
    announcements,
    noNews,
    noPipeline,
    noTasks,
    registerDeal,
    tasks,
    welcome,
  });
  readonly registerTarget: LinkTarget = { page: PAGES.registerDeal };

  home?: Home;
  error?: unknown;

  connectedCallback(): void {
    void this.load();
  }

  get isLoading(): boolean {
    return !this.home && this.error === undefined;
  }

  get heading(): string {
    const name = this.home?.firstName ?? this.home?.userName;
    return name ? fillLabel(greeting, name) : welcome;
  }

  get subtitle(): string {
    const { accountName, tierLabel } = this.home ?? {};
    return [accountName, tierLabel].filter(Boolean).join(' · ');
  }

  get mayRegister(): boolean {
    return this.home?.mayRegisterDeals === true;
  }

  get tasks(): ShownTask[] {
    return (this.home?.tasks ?? []).map((task, position) => ({
      key: `${position}`,
      kind: KINDS[task.kind] ?? '',
      title: task.title,
      detail: task.detail,
      target: targetOf(task),
      ...dueOf(task),
    }));
  }

  get tasksEmpty(): string | undefined {
    return this.home?.tasks.length === 0 ? noTasks : undefined;
  }

  get stages(): readonly PipelineStage[] {
    return this.home?.pipeline ?? [];
  }

  get currencyCode(): string | undefined {
    return this.home?.currencyCode ?? undefined;
  }

  get pipelineEmpty(): string | undefined {
    const opportunities = this.stages.reduce((sum, stage) => sum + stage.count, 0);
    return this.home && opportunities === 0 ? noPipeline : undefined;
  }

  get pipelineHeading(): string {
    return this.home?.isTeam ? pipelineTeam : pipelineMine;
  }

  get pipelineIntro(): string | undefined {
    return this.home?.isTeam ? pipelineTeamIntro : undefined;
  }

  get news(): { id: string; title: string; date: string; target: LinkTarget }[] {
    return (this.home?.announcements ?? []).map(({ id, title, publishedOn }) => ({
      id,
      title,
      date: day(publishedOn),
      target: { recordId: id, objectApiName: 'Partner_Announcement__c' },
    }));
  }

  get newsEmpty(): string | undefined {
    return this.home?.announcements.length === 0 ? noNews : undefined;
  }

  handleRetry(): void {
    this.error = undefined;
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.home = await getHome<Home>();
    } catch (error) {
      this.error = error;
    }
  }
}

/** Requests for users have no page of their own: they stand on the team page. */
function targetOf(task: Task): LinkTarget {
  return task.objectName === 'Partner_User_Request__c'
    ? { page: PAGES.team }
    : { recordId: task.recordId, objectApiName: task.objectName };
}

function dueOf(task: Task): { due: string; tone: Tone } {
  const days = daysUntil(task.dueOn);
  if (days === undefined) return { due: '', tone: 'neutral' };
  if (task.isOverdue || days < 0) return { due: fillLabel(overdue, day(task.dueOn)), tone: 'bad' };
  if (days === 0) return { due: dueToday, tone: 'warn' };
  if (days === 1) return { due: dueTomorrow, tone: 'warn' };
  return { due: fillLabel(dueIn, days), tone: days <= SOON ? 'warn' : 'info' };
}
