import { LightningElement, wire } from 'lwc';
import { CurrentPageReference, NavigationMixin } from 'lightning/navigation';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';
import type { PageReference } from 'lightning/navigation';
import type { RecordRepresentation } from 'lightning/uiRecordApi';
import type { WireResult } from '@salesforce/apex';
import NAME from '@salesforce/schema/User.Name';
import userId from '@salesforce/user/Id';
import isGuest from '@salesforce/user/isGuest';
import brand from '@salesforce/label/c.Site_Brand';
import deals from '@salesforce/label/c.Site_Deals';
import home from '@salesforce/label/c.Site_Home';
import leads from '@salesforce/label/c.Site_Leads';
import logOut from '@salesforce/label/c.Site_Log_Out';
import menu from '@salesforce/label/c.Site_Menu';
import navigation from '@salesforce/label/c.Site_Navigation';
import opportunities from '@salesforce/label/c.Site_Opportunities';
import profile from '@salesforce/label/c.Site_Profile';
import resources from '@salesforce/label/c.Site_Resources';
import team from '@salesforce/label/c.Site_Team';
import userMenu from '@salesforce/label/c.Site_User_Menu';
import { initials } from 'c/portalFormat';
import { PAGES, pageOf } from 'c/portalPages';
import type { LinkTarget } from 'c/portalPages';

interface NavigationItem {
  readonly name: string;
  readonly label: string;
  readonly target: LinkTarget;
  readonly isCurrent: boolean;
}

const ITEMS = Object.freeze([
  { name: PAGES.home, label: home },
  { name: PAGES.deals, label: deals },
  { name: PAGES.leads, label: leads },
  { name: PAGES.opportunities, label: opportunities },
  { name: PAGES.resources, label: resources },
  { name: PAGES.team, label: team },
]);

/** Name, navigation and user menu of the site. A guest gets the name only. */
export default class PortalHeader extends NavigationMixin(LightningElement) {
  readonly labels = Object.freeze({ brand, logOut, menu, navigation, profile, userMenu });
  readonly profileTarget: LinkTarget = { page: PAGES.profile };
  readonly homeTarget: LinkTarget = { page: PAGES.home };
  readonly isMember = !isGuest;

  isNavigationOpen = false;
  isUserMenuOpen = false;

  private reference?: PageReference;
  private userName?: string;

  @wire(CurrentPageReference)
  onPage(page: PageReference | undefined): void {
    this.reference = page;
    this.isNavigationOpen = false;
    this.isUserMenuOpen = false;
  }

  @wire(getRecord, { recordId: userId, fields: [NAME] })
  onUser({ data }: WireResult<RecordRepresentation>): void {
    const name = getFieldValue(data, NAME);
    if (typeof name === 'string') this.userName = name;
  }

  get items(): NavigationItem[] {
    const current = pageOf(this.reference);
    return ITEMS.map(({ name, label }) => ({
      name,
      label,
      target: { page: name },
      isCurrent: name === current,
    }));
  }

  get shownName(): string {
    return this.userName ?? '';
  }

  get shownInitials(): string {
    return initials(this.userName);
  }

  get navigationExpanded(): 'true' | 'false' {
    return this.isNavigationOpen ? 'true' : 'false';
  }

  get userMenuExpanded(): 'true' | 'false' {
    return this.isUserMenuOpen ? 'true' : 'false';
  }

  get navigationClasses(): string {
    return this.isNavigationOpen ? 'navigation navigation_open' : 'navigation';
  }

  handleNavigation(): void {
    this.isNavigationOpen = !this.isNavigationOpen;
  }

  handleUserMenu(): void {
    this.isUserMenuOpen = !this.isUserMenuOpen;
  }

  handleKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !(this.isUserMenuOpen || this.isNavigationOpen)) return;
    const opener = this.isUserMenuOpen ? '.user' : '.toggle';
    this.isUserMenuOpen = false;
    this.isNavigationOpen = false;
    this.template?.querySelector<HTMLElement>(opener)?.focus();
  }

  /** The user menu closes when the cursor leaves it. */
  handleUserFocusOut(event: FocusEvent): void {
    const area = event.currentTarget as HTMLElement;
    if (!area.contains(event.relatedTarget as Node | null)) this.isUserMenuOpen = false;
  }

  handleLogOut(): void {
    this[NavigationMixin.Navigate]({
      type: 'comm__loginPage',
      attributes: { actionName: 'logout' },
    });
  }
}
