import { LightningElement, api } from 'lwc';
import type { PageReference } from 'platform/router';
import { setPageTitle } from 'shell/pageTitle';
import type { AppModel, RelatedListModel } from '../../../server/pages/model.ts';

const RECORD_ID = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;

/** Shows the page that the address names. */
export default class Outlet extends LightningElement {
  @api page?: PageReference;
  @api app: AppModel | null = null;
  @api error = '';

  private attribute(name: string): string {
    const value = this.page?.attributes[name];
    return typeof value === 'string' ? value : '';
  }

  get isHome(): boolean {
    return this.page?.type === 'standard__namedPage' && this.attribute('pageName') === 'home';
  }

  get isList(): boolean {
    return (
      this.page?.type === 'standard__objectPage' &&
      ['list', 'home'].includes(this.attribute('actionName'))
    );
  }

  get isRecord(): boolean {
    return (
      this.page?.type === 'standard__recordPage' &&
      this.attribute('actionName') === 'view' &&
      RECORD_ID.test(this.recordId)
    );
  }

  get isRelated(): boolean {
    return this.page?.type === 'standard__recordRelationshipPage' && RECORD_ID.test(this.recordId);
  }

  get objectApiName(): string {
    return this.attribute('objectApiName');
  }

  get recordId(): string {
    return this.attribute('recordId');
  }

  get actionName(): string {
    return this.attribute('actionName');
  }

  get relationship(): string {
    return this.attribute('relationshipApiName');
  }

  get relatedList(): RelatedListModel {
    return {
      relationship: this.relationship,
      label: this.relationship,
      icon: 'standard:record',
      columns: [],
    };
  }

  get tabName(): string {
    return this.page?.type === 'standard__navItemPage' ? this.attribute('apiName') : '';
  }

  get componentSpecifier(): string {
    const name = /^c__(\w+)$/.exec(this.attribute('componentName'))?.[1];
    return this.page?.type === 'standard__component' && name !== undefined ? `c/${name}` : '';
  }

  private get setupSection(): string | undefined {
    return this.page?.type === 'shell__setup'
      ? this.attribute('section') || 'deployment'
      : undefined;
  }

  get isUsers(): boolean {
    // Where Salesforce keeps its users; components link there.
    return this.setupSection === 'users' || this.setupSection === 'ManageUsers';
  }

  get isLogs(): boolean {
    return this.setupSection === 'logs';
  }

  get isMails(): boolean {
    return this.setupSection === 'mails';
  }

  get isSetup(): boolean {
    return this.setupSection === 'deployment';
  }

  get missingTitle(): string {
    const title =
      this.setupSection === undefined
        ? 'This page does not exist'
        : 'This is a Setup page of Salesforce';
    setPageTitle(title);
    return title;
  }

  get missingText(): string {
    return this.setupSection === undefined
      ? 'The address leads to nothing in this org. Check it, or start from the home page.'
      : `Its name is ${this.setupSection}. The local org reads its setup from the metadata of the project: change it there, and deploy.`;
  }
}
