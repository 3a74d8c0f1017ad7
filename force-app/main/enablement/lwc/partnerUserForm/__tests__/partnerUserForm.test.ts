import { createElement } from 'lwc';
import PartnerUserForm from 'c/partnerUserForm';
import type { PartnerUserChoice, PartnerUserChoices } from 'c/partnerUserForm';

const CHOICES: PartnerUserChoices = {
  profiles: [
    { id: '00e1', name: 'Partner Portal User', licenseName: 'Partner Community', freeSeats: 3 },
    {
      id: '00e2',
      name: 'Partner Community User',
      licenseName: 'Partner Community',
      freeSeats: 3,
      problem: 'Partner Community User is a standard profile.',
    },
  ],
  defaultProfileId: '00e1',
  tiers: [
    { value: 'USER', label: 'Partner User', help: 'Sees their own.', isOpen: true },
    { value: 'MANAGER', label: 'Partner Manager', help: 'Also sees users.', isOpen: true },
    { value: 'EXECUTIVE', label: 'Partner Executive', help: 'Sees all.', isOpen: false },
  ],
  isFirstUser: false,
  permissionSets: [{ id: '0PS1', label: 'Partner Deals' }],
  username: 'imogen.clarke@ironbridge.example',
};
const FIRST_USER: PartnerUserChoices = {
  ...CHOICES,
  isFirstUser: true,
  tiers: CHOICES.tiers.map((tier) => ({ ...tier, isOpen: tier.value === 'USER' })),
};
const CHOICE: PartnerUserChoice = {
  profileId: '00e1',
  tier: 'USER',
  username: 'imogen.clarke@ironbridge.example',
  permissionSetIds: [],
  sendWelcomeMail: true,
  reason: '',
};

type Form = HTMLElement & { reportValidity(): boolean };
type Field = HTMLElement & { options: { label: string; value: string }[]; value: unknown };

function mount(choices = CHOICES, choice = CHOICE): { form: Form; changes: object[] } {
  const form = createElement('c-partner-user-form', { is: PartnerUserForm }) as unknown as Form;
  const changes: object[] = [];
  form.addEventListener('choicechange', (event) =>
    changes.push((event as CustomEvent<object>).detail),
  );
  Object.assign(form, { choices, choice });
  document.body.appendChild(form);
  return { form, changes };
}

function find<Found extends Element = Field>(form: Form, selector: string): Found | null {
  return form.shadowRoot!.querySelector<Found>(selector);
}

describe('c-partner-user-form', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('offers the profiles that can be used, and says why the others cannot', async () => {
    const { form } = mount();

    expect(find(form, '.profile')?.options.map(({ value }) => value)).toEqual(['00e1']);
    expect(find(form, '.unusable li')?.textContent).toBe(
      'Partner Community User is a standard profile.',
    );
    await expect(form).toBeAccessible();
  });

  it('offers the open tiers, and names the others', () => {
    const { form } = mount();

    expect(find(form, '.tier')?.options.map(({ value }) => value)).toEqual(['USER', 'MANAGER']);
    expect(find(form, '.tier-note')?.textContent).toBe('c.Enable_User_Tiers_Missing');
  });

  it('says nothing about tiers when all are open', () => {
    const tiers = CHOICES.tiers.map((tier) => ({ ...tier, isOpen: true }));
    expect(find(mount({ ...CHOICES, tiers }).form, '.tier-note')).toBeNull();
  });

  it('only shows the tier of the first user, and explains it', async () => {
    const { form } = mount(FIRST_USER);

    expect(find(form, '.tier')).toBeNull();
    expect(find(form, '.fixed-tier dd')?.textContent).toBe('Partner User');
    expect(find(form, '.tier-note')?.textContent).toBe('c.Enable_User_Tier_First');
    await expect(form).toBeAccessible();
  });

  it('offers the suggested username only when another one is entered', () => {
    expect(find(mount().form, '.suggestion')).toBeNull();
    const { form, changes } = mount(CHOICES, { ...CHOICE, username: 'other@example.com' });
    find(form, '.suggestion')?.click();

    expect(changes).toEqual([{ username: 'imogen.clarke@ironbridge.example' }]);
  });

  it('says where permission sets come from when none is listed', async () => {
    const { form } = mount({ ...CHOICES, permissionSets: [] });

    expect(find(form, '.permission-sets')).toBeNull();
    expect(find(form, '.no-permission-sets dd')?.textContent).toBe(
      'c.Enable_User_No_Permission_Sets',
    );
    await expect(form).toBeAccessible();
  });

  it.each([
    ['.profile', { value: '00e1' }, { profileId: '00e1' }],
    ['.tier', { value: 'MANAGER' }, { tier: 'MANAGER' }],
    ['.username', { value: 'a@b.example' }, { username: 'a@b.example' }],
    ['.permission-sets', { value: ['0PS1'] }, { permissionSetIds: ['0PS1'] }],
    ['.reason', { value: 'New contract' }, { reason: 'New contract' }],
    ['.mail', { checked: false }, { sendWelcomeMail: false }],
  ])('tells the parent what changed in %s', (selector, detail, expected) => {
    const { form, changes } = mount();
    find(form, selector)?.dispatchEvent(new CustomEvent('change', { detail }));

    expect(changes).toEqual([expected]);
  });

  it('asks every field, so that all that is missing is shown at once', () => {
    const { form } = mount();
    const fields = [...form.shadowRoot!.querySelectorAll('.field')];
    const asked: string[] = [];
    fields.forEach((field, index) =>
      Object.assign(field, {
        reportValidity: () => {
          asked.push(field.className);
          return index > 0;
        },
      }),
    );

    expect(form.reportValidity()).toBe(false);
    expect(asked).toHaveLength(fields.length);
  });
});
