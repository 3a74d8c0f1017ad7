import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Visitors } from './support/browser.ts';
import type { Visitor } from './support/browser.ts';
import { StartedOrg } from './support/started-org.ts';

const here = dirname(fileURLToPath(import.meta.url));
const demo = JSON.parse(readFileSync(join(here, '../../config/demo/demo.json'), 'utf8')) as {
  sitePassword: string;
};

/** Northgate's executive, manager and user; somebody of another company who has nothing yet. All of them read German. */
const PEOPLE = {
  anke: 'anke.ahlers@northgate-installers.example',
  bernd: 'bernd.brandt@northgate-installers.example',
  clara: 'clara.carstens@northgate-installers.example',
  dirk: 'dirk.dierks@northgate-installers.example',
  freya: 'freya.lindholm@quayside-building.example',
} as const;
type Person = keyof typeof PEOPLE;
type Device = 'desktop' | 'phone';

const PAGES: readonly [name: string, path: string, heading: RegExp][] = [
  ['home', '/', /^Schön, dass Sie da sind/],
  ['deals', '/deals', /^Deals$/],
  ['register-deal', '/register-deal', /^Deal registrieren$/],
  ['leads', '/leads', /^Leads$/],
  ['opportunities', '/opportunities', /^Opportunities$/],
  ['resources', '/resources', /^Ressourcen$/],
  ['team', '/team', /^Team$/],
  ['my-profile', '/my-profile', /^Mein Profil$/],
];
const GUEST_PAGES: readonly [name: string, path: string][] = [
  ['login', '/login'],
  ['forgot-password', '/ForgotPassword'],
  ['check-password', '/CheckPasswordResetEmail'],
  ['register', '/SelfRegister'],
];
/** What Apex refuses, and pages that are not there, the browser notes. */
const REFUSED = /the server responded with a status of (500|404)/;

describe('the partner site', () => {
  const org = new StartedOrg();
  let visitors: Visitors;

  before(async () => {
    await org.start();
    visitors = await Visitors.open();
  });
  after(async () => {
    await visitors?.close();
    await org.dispose();
  });

  async function logIn(visitor: Visitor, person: Person): Promise<void> {
    const { page } = visitor;
    await visitor.goto('/partners/login');
    await page.getByLabel('Username').fill(PEOPLE[person]);
    await page.getByLabel('Password').fill(demo.sitePassword);
    await page.getByRole('button', { name: 'Log In' }).click();
    await page.getByRole('heading', { level: 1, name: /^Schön, dass/ }).waitFor();
  }

  async function visitAs(
    person: Person,
    body: (visitor: Visitor) => Promise<void>,
    device: Device = 'desktop',
    expected: readonly RegExp[] = [],
  ): Promise<void> {
    const visitor = await visitors.visitor(org.url, device);
    await logIn(visitor, person);
    await body(visitor);
    await visitor.leave(expected);
  }

  /** Waits for the data, keeps a picture, and looks with axe and at the width. */
  async function inspect(visitor: Visitor, name: string): Promise<void> {
    await visitor.page.locator('section[aria-busy="true"]').first().waitFor({ state: 'detached' });
    await visitor.page.waitForLoadState('networkidle');
    mkdirSync(join(here, 'screenshots'), { recursive: true });
    await visitor.page.screenshot({
      path: join(here, 'screenshots', `site-${name}.png`),
      fullPage: true,
    });
    await visitor.assertAccessible(name);
    await visitor.assertFits(name);
  }

  async function open(visitor: Visitor, path: string, heading: RegExp): Promise<void> {
    await visitor.goto(`/partners${path}`);
    await visitor.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }

  /** Opens a record through its list, as a person would. */
  async function openRecord(visitor: Visitor, path: string, text: string): Promise<void> {
    const { page } = visitor;
    await visitor.goto(`/partners${path}`);
    const row = page.getByRole('row').filter({ hasText: text }).first();
    await row.getByRole('cell').first().getByRole('link').click();
    await page.waitForURL((url) => url.pathname !== `/partners${path}`);
  }

  function toast(visitor: Visitor, message: RegExp): Promise<void> {
    return visitor.page.locator('c-portal-toast').getByText(message).waitFor();
  }

  for (const device of ['desktop', 'phone'] as const) {
    describe(`for a guest on a ${device}`, () => {
      for (const [name, path] of GUEST_PAGES) {
        it(`shows ${name}`, async () => {
          const visitor = await visitors.visitor(org.url, device);
          await open(visitor, path, /^Partner Portal$/);
          await inspect(visitor, `${device}-guest-${name}`);
          await visitor.leave();
        });
      }
    });

    for (const person of ['anke', 'bernd', 'clara'] as const) {
      it(`shows ${person} every page on a ${device}`, () =>
        visitAs(
          person,
          async (visitor) => {
            for (const [name, path, heading] of PAGES) {
              await open(visitor, path, heading);
              await inspect(visitor, `${device}-${person}-${name}`);
            }
          },
          device,
        ));
    }

    it(`shows somebody who starts what is empty on a ${device}`, () =>
      visitAs(
        'freya',
        async (visitor) => {
          for (const [name, path, heading] of PAGES) {
            await open(visitor, path, heading);
            await inspect(visitor, `${device}-freya-${name}`);
          }
          await open(visitor, '/deals', /^Deals$/);
          await visitor.page.getByText('Hier sind noch keine Deals.').waitFor();
          await open(visitor, '/opportunities', /^Opportunities$/);
          await visitor.page.getByText('Noch keine Opportunities.').waitFor();
        },
        device,
      ));

    it(`shows records on a ${device}`, () =>
      visitAs(
        'clara',
        async (visitor) => {
          const records: readonly [string, string, string][] = [
            ['deal', '/deals', 'Brookfield Clinics'],
            ['lead', '/leads', 'Heron Laboratories'],
            ['lead-offer', '/leads', 'Three warehouses'],
            ['opportunity', '/opportunities', 'Alder Consulting – headquarters'],
            ['resource', '/resources', 'Sensor catalogue'],
            ['announcement', '/resources', 'Partner day in Bremen'],
          ];
          for (const [name, path, text] of records) {
            await openRecord(visitor, path, text);
            await visitor.page.waitForURL(`**/partners/${name}/**`);
            await inspect(visitor, `${device}-record-${name}`);
          }
        },
        device,
      ));
  }

  it('asks guests for a log-in, whatever they ask for, and goes there afterwards', async () => {
    const visitor = await visitors.visitor(org.url);
    const { page } = visitor;
    await visitor.goto('/partners/opportunities');
    await page.waitForURL('**/partners/login?**');
    await page.getByLabel('Username').fill(PEOPLE.clara);
    await page.getByLabel('Password').fill('guessed');
    await page.getByRole('button', { name: 'Log In' }).click();
    await page.getByText('Your login attempt has failed').waitFor();
    await inspect(visitor, 'guest-wrong-password');
    await page.getByLabel('Password').fill(demo.sitePassword);
    await page.getByRole('button', { name: 'Log In' }).click();
    await page.waitForURL('**/partners/opportunities');
    await visitor.leave();
  });

  it('shows executives and managers what people below them own, users their own', async () => {
    const seen: Record<string, readonly string[]> = {};
    for (const person of ['anke', 'bernd', 'clara'] as const) {
      await visitAs(person, async (visitor) => {
        await open(visitor, '/deals', /^Deals$/);
        await visitor.page.getByRole('button', { name: 'Alle', exact: true }).click();
        await visitor.page.getByRole('row').filter({ hasText: 'Dunlin Schools' }).waitFor();
        const rows = await visitor.page.locator('.row td:nth-child(2) .text').allTextContents();
        seen[person] = rows.sort();
      });
    }
    assert.deepEqual(seen['clara'], [
      'Alster Logistics',
      'Brookfield Clinics',
      'Cranberry Hotels',
      'Dunlin Schools',
    ]);
    const all = [...seen['clara'], 'Elderwood Offices', 'Fjord Ferries'];
    assert.deepEqual(seen['bernd'], all);
    assert.deepEqual(seen['anke'], all);
  });

  it('says of records of others, and of none, that they were not found', async () => {
    const addresses: string[] = [];
    await visitAs('clara', async (visitor) => {
      for (const [path, text] of [
        ['/deals', 'Brookfield Clinics'],
        ['/leads', 'Heron Laboratories'],
        ['/leads', 'Three warehouses'],
        ['/opportunities', 'Cranberry Hotels'],
      ] as const) {
        await openRecord(visitor, path, text);
        addresses.push(new URL(visitor.page.url()).pathname);
      }
    });
    assert.equal(new Set(addresses).size, 4);
    await visitAs(
      'freya',
      async (visitor) => {
        for (const address of [
          ...addresses,
          '/partners/opportunity/006Lo0000000999AAA',
          '/partners/no-such-page',
        ]) {
          await visitor.goto(address);
          await visitor.page
            .getByRole('heading', { level: 1, name: 'Nicht gefunden' })
            .waitFor()
            .catch((error: unknown) => {
              throw new Error(`${address} was shown`, { cause: error });
            });
        }
        await inspect(visitor, 'not-found');
        await visitor.page.getByRole('link', { name: 'Zur Startseite' }).click();
        await visitor.page.getByRole('heading', { level: 1, name: /^Schön, dass/ }).waitFor();
      },
      'desktop',
      [REFUSED],
    );
  });

  it('registers a deal: refuses what is wrong, keeps a draft, submits, withdraws', () =>
    visitAs('clara', async (visitor) => {
      const { page } = visitor;
      await open(visitor, '/register-deal', /^Deal registrieren$/);
      await page.getByRole('button', { name: 'Einreichen' }).click();
      await page.getByText('Bitte ausfüllen: Kunde.').waitFor();
      await page.getByLabel('Kunde', { exact: false }).first().fill('Cranberry Hotels');
      await page.getByText('Diesen Deal haben Sie vielleicht schon registriert').waitFor();
      await inspect(visitor, 'deal-form-match');
      await page.getByLabel('Kunde', { exact: false }).first().fill('Osprey Offices');
      await page.getByLabel('Website des Kunden').fill('not a website');
      await page.getByLabel('Betrag').fill('a lot');
      await page.getByRole('button', { name: 'Einreichen' }).click();
      await page.getByText('Das ist keine Website').waitFor();
      await page.getByText('Schreiben Sie eine Zahl').waitFor();
      await inspect(visitor, 'deal-form-wrong');
      await page.getByLabel('Website des Kunden').fill('www.osprey-offices.example');
      await page.getByLabel('Betrag').fill('64000');
      await page.getByRole('button', { name: 'Einreichen' }).click();
      await page.getByRole('alert').filter({ hasText: 'Bitte prüfen' }).waitFor();
      await inspect(visitor, 'deal-form-incomplete');
      await page.getByLabel('Voraussichtlicher Abschluss').fill('2030-05-31');
      await page.getByLabel('Was der Kunde braucht').fill('Sensors for nine floors.');
      await page.getByRole('button', { name: 'Einreichen' }).click();
      await toast(visitor, /^Eingereicht/);
      await page.getByRole('heading', { level: 1, name: 'Osprey Offices' }).waitFor();
      await page.getByRole('button', { name: 'Zurückziehen' }).click();
      const question = page.getByRole('group', { name: 'Diese Registrierung zurückziehen?' });
      await page.keyboard.press('Escape');
      await question.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Zurückziehen' }).click();
      await question.getByRole('button', { name: 'Zurückziehen' }).click();
      await toast(visitor, /^Zurückgezogen/);
      await page.getByRole('button', { name: 'Bearbeiten' }).click();
      await page.getByLabel('Betrag').fill('70.000,5');
      await page.getByRole('button', { name: 'Entwurf speichern' }).click();
      await page.getByText('70.000,50').waitFor();
    }));

  it('gives an offered lead to who accepts it first', async () => {
    let address = '';
    await visitAs('clara', async (visitor) => {
      const { page } = visitor;
      await openRecord(visitor, '/leads', 'Bakery chain');
      address = new URL(page.url()).pathname;
      await page.getByRole('button', { name: 'Ablehnen' }).click();
      const question = page.getByRole('group', { name: 'Diesen Lead ablehnen?' });
      await question.getByRole('button', { name: 'Ablehnen' }).click();
      await page.getByText('Bitte ausfüllen: Grund der Ablehnung.').waitFor();
      await question.getByRole('button', { name: 'Abbrechen' }).click();
      assert.equal(await page.getByText('jana@jaspers-bakeries.example').count(), 0);
      await page.getByRole('button', { name: 'Annehmen' }).click();
      await page
        .getByRole('group', { name: 'Diesen Lead annehmen?' })
        .getByRole('button', { name: 'Annehmen' })
        .click();
      await toast(visitor, /^Der Lead gehört Ihnen/);
      await page.getByRole('link', { name: 'jana@jaspers-bakeries.example' }).waitFor();
    });
    await visitAs('dirk', async (visitor) => {
      await visitor.goto(address);
      await visitor.page.locator('c-portal-badge').first().waitFor();
      assert.equal(await visitor.page.getByRole('button', { name: 'Annehmen' }).count(), 0);
    });
  });

  it('declines an offered lead with a reason', () =>
    visitAs('bernd', async (visitor) => {
      const { page } = visitor;
      await openRecord(visitor, '/leads', 'Three warehouses');
      await page.getByRole('button', { name: 'Ablehnen' }).click();
      const question = page.getByRole('group', { name: 'Diesen Lead ablehnen?' });
      await page.getByLabel('Grund der Ablehnung').fill('We do not work in Denmark.');
      await question.getByRole('button', { name: 'Ablehnen' }).click();
      await toast(visitor, /^Abgelehnt/);
      await page.getByRole('heading', { level: 1, name: 'Leads' }).waitFor();
    }));

  it('sorts, searches and pages', () =>
    visitAs('bernd', async (visitor) => {
      const { page } = visitor;
      await open(visitor, '/opportunities', /^Opportunities$/);
      await page.getByText('1–20 von 30').waitFor();
      await page.getByRole('button', { name: 'Weiter' }).click();
      await page.getByText('21–30 von 30').waitFor();
      const sort = page.getByRole('columnheader').getByRole('button', { name: /^Amount|^Betrag/ });
      await sort.click();
      await page.getByText('1–20 von 30').waitFor();
      await page.locator('.row').first().getByText('1.000').waitFor();
      await sort.click();
      await page.locator('.row').first().getByText('340.000').waitFor();
      await page.getByRole('searchbox').fill('fjord');
      await page.getByText('1–1 von 1').waitFor();
      await page.getByRole('searchbox').fill('nothing like this');
      await page.getByText('Nichts gefunden.').waitFor();
      await inspect(visitor, 'list-nothing-found');
    }));

  it('changes an opportunity of one’s own, and not one that may only be read', () =>
    visitAs('clara', async (visitor) => {
      const { page } = visitor;
      await openRecord(visitor, '/opportunities', 'Gannet Retail');
      await page.getByRole('button', { name: 'Bearbeiten' }).click();
      await page.getByLabel('Nächster Schritt').fill('Call on Monday');
      await page.getByLabel('Betrag').fill('-5');
      await page.getByRole('button', { name: 'Speichern' }).click();
      await page.getByText('Schreiben Sie eine Zahl').waitFor();
      await page.getByLabel('Betrag').fill('23000');
      await inspect(visitor, 'opportunity-form');
      await page.getByRole('button', { name: 'Speichern' }).click();
      await toast(visitor, /^Gespeichert/);
      await page.getByText('23.000').waitFor();
      await openRecord(visitor, '/opportunities', 'Alder Consulting – headquarters');
      await page.getByText('Clara Carstens (Sie)').waitFor();
      assert.equal(await page.getByRole('button', { name: 'Bearbeiten' }).count(), 0);
    }));

  it('lets an executive ask for a user, and nobody else', async () => {
    await visitAs('anke', async (visitor) => {
      const { page } = visitor;
      await open(visitor, '/team', /^Team$/);
      await page.getByText('Anke Ahlers (Sie)').waitFor();
      await page.getByRole('button', { name: 'Benutzer anfragen' }).click();
      await page.getByLabel('Nachname').fill('Marder');
      await page.getByLabel('E-Mail').fill('nobody');
      await page.getByRole('button', { name: 'Anfrage senden' }).click();
      await page.getByText('Das ist keine E-Mail-Adresse').waitFor();
      await inspect(visitor, 'team-request');
      await page.getByLabel('E-Mail').fill('mia.marder@northgate-installers.example');
      await page.getByRole('button', { name: 'Anfrage senden' }).click();
      await toast(visitor, /^Anfrage an/);
      await page.getByText('mia.marder@northgate-installers.example').waitFor();
    });
    for (const person of ['bernd', 'clara'] as const) {
      await visitAs(person, async (visitor) => {
        await open(visitor, '/team', /^Team$/);
        await visitor.page.getByText('(Sie)').waitFor();
        assert.equal(
          await visitor.page.getByRole('button', { name: 'Benutzer anfragen' }).count(),
          0,
        );
      });
    }
  });

  it('saves one’s own profile', () =>
    visitAs('dirk', async (visitor) => {
      const { page } = visitor;
      await open(visitor, '/my-profile', /^Mein Profil$/);
      await page.getByLabel('Nachname').fill('');
      await page.getByRole('button', { name: 'Speichern' }).click();
      await page.getByText('Bitte ausfüllen: Nachname.').waitFor();
      await page.getByLabel('Nachname').fill('Dierks');
      await page.getByLabel('Mobil').fill('+49 170 5550 123');
      await page.getByRole('button', { name: 'Speichern' }).click();
      await toast(visitor, /^Gespeichert/);
      await page.reload();
      // The site's Content Security Policy keeps Playwright from polling inside the page.
      const mobile = page.getByLabel('Mobil');
      await mobile.waitFor();
      const end = Date.now() + 10_000;
      while ((await mobile.inputValue()) === '' && Date.now() < end) await page.waitForTimeout(50);
      assert.equal(await mobile.inputValue(), '+49 170 5550 123');
    }));

  it('can be used with the keyboard, and left', () =>
    visitAs('clara', async (visitor) => {
      const { page } = visitor;
      await open(visitor, '/deals', /^Deals$/);
      await page.keyboard.press('Tab');
      const skip = page.getByRole('link', { name: 'Zum Inhalt springen' });
      assert.equal(await skip.evaluate((link) => link.matches(':focus')), true);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      const first = page.getByRole('link', { name: 'Deal registrieren' });
      assert.equal(await first.evaluate((link) => link.matches(':focus')), true);
      const menu = page.getByRole('button', { name: /Clara Carstens/ });
      await menu.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Mein Profil' }).waitFor();
      await inspect(visitor, 'user-menu');
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Mein Profil' }).waitFor({ state: 'detached' });
      await menu.click();
      await page.getByRole('button', { name: 'Abmelden' }).click();
      await page.getByRole('button', { name: 'Log In' }).waitFor();
      await visitor.goto('/partners/deals');
      await page.waitForURL('**/partners/login?**');
    }));

  it('opens and closes its navigation on a phone', () =>
    visitAs(
      'clara',
      async (visitor) => {
        const { page } = visitor;
        await page.getByRole('button', { name: 'Menü', exact: true }).click();
        await inspect(visitor, 'phone-navigation');
        await page.getByRole('link', { name: 'Opportunities', exact: true }).click();
        await page.getByRole('heading', { level: 1, name: 'Opportunities' }).waitFor();
        await page
          .getByRole('link', { name: 'Ressourcen', exact: true })
          .waitFor({ state: 'hidden' });
        await page.getByLabel('Sortieren nach').selectOption({ index: 1 });
        await page.getByText(/von \d+$/).waitFor();
      },
      'phone',
    ));
});
