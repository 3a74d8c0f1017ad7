import type { SiteBundle } from '../../project/model.ts';

/**
 * Tokens whose styling hook has another name. Documented: LWR Sites for Experience Cloud, "--dxp Styling Hooks"; the
 * numbered ones are what the theme panel derives.
 */
const GLOBAL_HOOKS: Readonly<Record<string, string>> = {
  BackgroundColor: 'root',
  TextColor: 'root-contrast',
  PrimaryAccentColor: 'brand',
  PrimaryAccentForegroundColor: 'brand-contrast',
  NeutralColor: 'neutral',
  NeutralForegroundColor: 'neutral-contrast',
  DestructiveColor: 'destructive',
  DestructiveForegroundColor: 'destructive-contrast',
  InfoColor: 'info',
  InfoForegroundColor: 'info-contrast',
  OfflineColor: 'offline',
  OfflineForegroundColor: 'offline-contrast',
  SuccessColor: 'success',
  SuccessForegroundColor: 'success-contrast',
  WarningColor: 'warning',
  WarningForegroundColor: 'warning-contrast',
  BaseFont: 'root-font-family',
  BaseFontSize: 'root-font-size',
};

/** Documented hooks of `--dxp-s` whose tokens are named otherwise. The rest follows the token's name. */
const SITE_HOOKS: Readonly<Record<string, string>> = {
  ButtonTextColor: 'button-color-contrast',
  ButtonHoverColor: 'button-color-hover',
  ButtonHoverTextColor: 'button-color-hover-contrast',
  ButtonFocusColor: 'button-color-focus',
  ButtonFocusTextColor: 'button-color-focus-contrast',
  ButtonActiveColor: 'button-color-active',
  ButtonActiveTextColor: 'button-color-active-contrast',
  ButtonHoverBorderColor: 'button-border-color-hover',
  ButtonFocusBorderColor: 'button-border-color-focus',
  ButtonActiveBorderColor: 'button-border-color-active',
  LinkColor: 'link-text-color',
  LinkHoverColor: 'link-text-color-hover',
  FormElementBackgroundColor: 'form-element-color-background',
  FormElementBorderColor: 'form-element-color-border',
  FormElementBorderFocusColor: 'form-element-color-border-focus',
  FormElementTextColor: 'form-element-text-color',
  FormElementLabelColor: 'form-element-label-color',
};

/** The branding set of the site's theme as styling hooks, and what the stock style sheets say of the page itself. */
export function brandingCss(bundle: SiteBundle): string {
  const theme =
    bundle.themes.get((bundle.appPage?.currentThemeId ?? '').toLowerCase()) ??
    [...bundle.themes.values()][0];
  const values = bundle.brandingSets.get((theme?.activeBrandingSetId ?? '').toLowerCase())?.values;
  const declarations = [...(values ?? new Map<string, string>())].flatMap(([token, value]) =>
    value === '' || /[;{}<]/.test(value) ? [] : [`${hookOf(token)}: ${value};`],
  );
  return `:root {
--dxp-s-html-font-family: var(--dxp-g-root-font-family);
${declarations.join('\n')}
}
${BASE_COMPONENTS}${PAGE}`;
}

function hookOf(token: string): string {
  const [, name = '', step = ''] = /^_?(.*?)(\d?)$/.exec(token) ?? [];
  const suffix = step === '' ? '' : `-${step}`;
  const global = Object.hasOwn(GLOBAL_HOOKS, name) ? GLOBAL_HOOKS[name] : undefined;
  if (global !== undefined) return `--dxp-g-${global}${suffix}`;
  const own = Object.hasOwn(SITE_HOOKS, name) ? SITE_HOOKS[name] : undefined;
  const kebab = name.replace(/(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])/g, '-$&').toLowerCase();
  return `--dxp-s-${own ?? kebab}${suffix}`;
}

/**
 * What base components take from the branding: the hooks of the Lightning Design System, as `dxp-slds-extensions` sets them
 * (inferred from the documented names of both).
 */
const BASE_COMPONENTS = `:root {
--slds-g-color-brand-base-50: var(--dxp-g-brand, #0b5cab);
--slds-g-color-brand-base-40: var(--dxp-g-brand-1, #014486);
--slds-g-color-brand-base-100: var(--dxp-g-brand-contrast, #ffffff);
--slds-g-color-accent-1: var(--dxp-g-brand, #0b5cab);
--slds-g-color-accent-2: var(--dxp-g-brand, #0b5cab);
--slds-g-color-accent-3: var(--dxp-g-brand-1, #014486);
--slds-g-color-accent-container-1: var(--dxp-s-button-color, var(--dxp-g-brand, #0b5cab));
--slds-g-color-accent-container-2: var(--dxp-s-button-color-hover, var(--dxp-g-brand-1, #014486));
--slds-g-color-on-accent-1: var(--dxp-s-button-color-contrast, #ffffff);
--slds-c-button-radius-border: var(--dxp-s-button-border-radius, 4px);
--slds-c-input-radius-border: var(--dxp-s-form-element-border-radius, 4px);
}
`;

/** What `dxp-styling-hooks` and `dxp-slds-extensions` do for the page itself and for sections. */
const PAGE = `html { background: var(--dxp-g-root, #ffffff); font-size: var(--dxp-g-root-font-size, 1rem); }
body {
  margin: 0;
  font-size: var(--dxp-s-body-font-size, 1rem);
  line-height: var(--dxp-s-body-line-height, 1.5);
  background: var(--dxp-g-root, #ffffff);
  color: var(--dxp-g-root-contrast, #16211f);
  font-family: var(--dxp-g-root-font-family, system-ui, sans-serif);
}
a { color: var(--dxp-s-link-text-color, #0b5cab); }
.site-section { display: flex; flex-wrap: wrap; margin: 0 auto; width: 100%; max-width: var(--dxp-s-max-content-width-desktop, none); padding: var(--dxp-s-vertical-row-padding-desktop, 1rem) var(--dxp-s-horizontal-row-padding-desktop, 1rem); box-sizing: border-box; }
.site-column { box-sizing: border-box; min-width: 0; width: var(--site-column-width, 100%); }
.site-column > * + * { margin-top: var(--dxp-s-component-spacer-size-desktop, 1.5rem); }
@media (max-width: 64em) { .site-column { width: 100%; } }
@media (max-width: 47.9375em) { .site-section { padding: var(--dxp-s-vertical-row-padding-mobile, 0.75rem) var(--dxp-s-horizontal-row-padding-mobile, 0.75rem); } }
.site-failure { border: 1px solid #ba0517; border-radius: 0.25rem; padding: 1rem; background: #ffffff; color: #2e2e2e; font-family: system-ui, sans-serif; }
.site-failure strong { color: #ba0517; }
.site-failure pre { white-space: pre-wrap; margin: 0.5rem 0 0; font-size: 0.8125rem; }
.site-form { max-width: 24rem; margin: 2rem auto; display: grid; gap: 1rem; }
.site-form h1 { font-size: 1.5rem; font-weight: 600; margin: 0; }
.site-form label { display: block; margin-bottom: 0.25rem; }
.site-form input { width: 100%; box-sizing: border-box; font: inherit; line-height: 1.5; padding: 0.5rem 0.75rem; color: inherit; background: var(--dxp-s-form-element-color-background, #ffffff); border: 1px solid var(--dxp-s-form-element-color-border, #76716b); border-radius: var(--dxp-s-form-element-border-radius, 4px); }
.site-form button { font: inherit; line-height: 2; padding: 0 1rem; cursor: pointer; color: var(--dxp-s-button-color-contrast, #ffffff); background: var(--dxp-s-button-color, #0b5cab); border: 1px solid var(--dxp-s-button-color, #0b5cab); border-radius: var(--dxp-s-button-border-radius, 4px); }
.site-form button:hover { background: var(--dxp-s-button-color-hover, #014486); }
.site-form .site-links { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; }
.site-form [role='alert'] { color: #a2302b; }
.site-form [role='alert']:empty { display: none; }
.site-admin { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; justify-content: center; align-items: center; padding: 0.5rem 1rem; background: #fcc003; color: #181818; font-family: system-ui, sans-serif; font-size: 0.875rem; }
.site-admin a { color: #181818; text-decoration: underline; }
.site-frame { display: flex; flex-direction: column; min-height: 100vh; }
.site-frame > .site-content { flex: 1 0 auto; }
`;
