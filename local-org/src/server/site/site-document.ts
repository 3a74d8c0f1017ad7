import { createHash } from 'node:crypto';
import { SESSION_MODULE } from '../../ui/build/component-builder.ts';
import type { ComponentBuilder } from '../../ui/build/component-builder.ts';
import type { Site } from './site.ts';

/** The module that shows pages of sites. */
export const SITE_ENTRY = 'site/main';

/** The document of a page, and what its content security policy has to allow besides our own files. */
export interface SiteDocument {
  readonly html: string;
  readonly scriptHash: string;
}

/**
 * All pages of a site are one document that navigates in place. It has no synthetic shadow: components run in native
 * shadow, from the same compiled modules as in Lightning Experience. Only the module that says who is logged in is another one.
 */
export async function siteDocument(
  site: Site,
  builder: ComponentBuilder,
  components: readonly string[],
  title: string,
): Promise<SiteDocument> {
  const { basePath, bundle } = site;
  const importMap = JSON.stringify({
    imports: { [builder.url(SESSION_MODULE)]: `${basePath}/webruntime/session.js` },
  });
  const modules = await builder.closure([SITE_ENTRY, ...components]);
  const preload = modules.map(
    (specifier) => `<link rel="modulepreload" href="${builder.url(specifier)}">`,
  );
  const language = (bundle.defaultLanguage ?? 'en_US').replace('_', '-');
  const html = `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<script type="importmap">${importMap}</script>
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
${headMarkup(bundle.appPage?.headMarkup ?? '', basePath)}
<link rel="stylesheet" href="${basePath}/webruntime/branding.css">
${preload.join('\n')}
</head>
<body>
<noscript>The site needs JavaScript.</noscript>
<script type="module" src="${builder.url(SITE_ENTRY)}"></script>
</body>
</html>
`;
  return { html, scriptHash: `sha256-${createHash('sha256').update(importMap).digest('base64')}` };
}

/**
 * The head markup of the bundle's app page. Its style sheets are those of the platform: the design system comes from our
 * package, in one file instead of four parts; the styling hooks from the branding set. The title is the page's.
 */
function headMarkup(markup: string, basePath: string): string {
  let hasDesignSystem = false;
  return markup
    .replace(/<title>[\s\S]*?<\/title>/gi, '')
    .replace(/<link\b[^>]*>/gi, (link) => {
      const href = /href="([^"]*)"/i.exec(link)?.[1] ?? '';
      if (href.includes('/assets/styles/slds/')) {
        if (hasDesignSystem) return '';
        hasDesignSystem = true;
        return '<link rel="stylesheet" href="/assets/styles/salesforce-lightning-design-system.min.css">';
      }
      if (href.includes('/assets/styles/dxp-') || /\{\s*styles\//.test(href)) return '';
      return link.replaceAll(/\{\s*basePath\s*\}/g, basePath);
    })
    .replaceAll(/\{\s*basePath\s*\}/g, basePath)
    .replaceAll(/\?\{\s*versionKey\s*\}/g, '')
    .replace(/\s*\n\s*/g, '\n');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${String(letter.charCodeAt(0))};`);
}
