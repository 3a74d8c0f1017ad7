import { LightningElement } from 'lwc';
import getProfile from '@salesforce/apex/PortalProfileController.getProfile';
import saveProfile from '@salesforce/apex/PortalProfileController.saveProfile';
import account from '@salesforce/label/c.Site_Account';
import access from '@salesforce/label/c.Site_Access';
import accessIntro from '@salesforce/label/c.Site_Access_Intro';
import email from '@salesforce/label/c.Site_Email';
import firstName from '@salesforce/label/c.Site_First_Name';
import language from '@salesforce/label/c.Site_Language';
import lastName from '@salesforce/label/c.Site_Last_Name';
import locale from '@salesforce/label/c.Site_Locale';
import mobile from '@salesforce/label/c.Site_Mobile';
import personal from '@salesforce/label/c.Site_Personal';
import phone from '@salesforce/label/c.Site_Phone';
import save from '@salesforce/label/c.Site_Save';
import saved from '@salesforce/label/c.Site_Saved';
import tier from '@salesforce/label/c.Site_Tier';
import timeZone from '@salesforce/label/c.Site_Time_Zone';
import title from '@salesforce/label/c.Site_Profile';
import username from '@salesforce/label/c.Site_Username';
import type { DetailField } from 'c/portalDetail';
import type { FieldOption } from 'c/portalField';
import type { FormField, FormValues, Problem } from 'c/portalForm';
import { notify } from 'c/portalNotify';
import { reduceErrors } from 'c/reduceErrors';

/** The person as PortalProfile says it. */
interface Profile {
  readonly firstName?: string | null;
  readonly lastName: string;
  readonly phone?: string | null;
  readonly mobilePhone?: string | null;
  readonly language: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly username: string;
  readonly email: string;
  readonly accountName?: string | null;
  readonly tierLabel: string;
  readonly languages: readonly FieldOption[];
  readonly locales: readonly FieldOption[];
  readonly timeZones: readonly FieldOption[];
}

/** What the person who is logged in may change about their own user, and what only others may. */
export default class PortalProfile extends LightningElement {
  readonly labels = Object.freeze({ access, accessIntro, personal, save, title });

  profile?: Profile;
  error?: unknown;
  isBusy = false;
  problems: readonly Problem[] = [];
  values: FormValues = {};

  connectedCallback(): void {
    void this.load();
  }

  get isLoading(): boolean {
    return !this.profile && this.error === undefined;
  }

  get formFields(): FormField[] {
    const { languages = [], locales = [], timeZones = [] } = this.profile ?? {};
    return [
      { name: 'firstName', label: firstName, maxLength: 40, autocomplete: 'given-name' },
      {
        name: 'lastName',
        label: lastName,
        maxLength: 80,
        required: true,
        autocomplete: 'family-name',
      },
      { name: 'phone', label: phone, maxLength: 40, autocomplete: 'tel' },
      { name: 'mobilePhone', label: mobile, maxLength: 40, autocomplete: 'tel' },
      choice('language', language, languages),
      choice('locale', locale, locales),
      choice('timeZone', timeZone, timeZones),
    ];
  }

  get fixedFields(): DetailField[] {
    const shown = this.profile;
    if (!shown) return [];
    return [
      { label: username, text: shown.username },
      { label: email, text: shown.email },
      { label: account, text: shown.accountName ?? undefined },
      { label: tier, text: shown.tierLabel },
    ];
  }

  handleRetry(): void {
    this.error = undefined;
    void this.load();
  }

  async handleSave(event: CustomEvent<FormValues>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      const outcome = await saveProfile<{
        profile?: Profile | null;
        problems: readonly Problem[];
      }>({ profile: { ...event.detail } });
      this.problems = outcome.problems;
      if (outcome.profile) {
        this.show(outcome.profile);
        notify({ kind: 'success', message: saved });
      }
    } catch (error) {
      this.problems = reduceErrors(error).map((message) => ({ message }));
    } finally {
      this.isBusy = false;
    }
  }

  private show(profile: Profile): void {
    this.profile = profile;
    this.values = {
      firstName: profile.firstName ?? '',
      lastName: profile.lastName,
      phone: profile.phone ?? '',
      mobilePhone: profile.mobilePhone ?? '',
      language: profile.language,
      locale: profile.locale,
      timeZone: profile.timeZone,
    };
  }

  private async load(): Promise<void> {
    try {
      this.show(await getProfile<Profile>());
    } catch (error) {
      this.error = error;
    }
  }
}

function choice(name: string, label: string, options: readonly FieldOption[]): FormField {
  return { name, label, type: 'select', required: true, options };
}
