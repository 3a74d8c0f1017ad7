import { LightningElement, api } from 'lwc';

/** Stand-in for `community_login:employeeLoginLink`: employees log in to Salesforce itself. */
export default class EmployeeLoginLink extends LightningElement {
  static renderMode = 'light' as const;
  @api employeeLoginLinkLabel = '';
}
