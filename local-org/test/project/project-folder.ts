import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

const META_NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** An SFDX project on disk for one test: file path → text. Removed when the test ends. */
export function projectFolder(
  context: TestContext,
  files: Readonly<Record<string, string>>,
): string {
  const root = mkdtempSync(join(tmpdir(), 'local-org-project-'));
  context.after(() => rmSync(root, { recursive: true, force: true }));
  const all = {
    'sfdx-project.json': JSON.stringify({
      packageDirectories: [{ path: 'force-app', default: true }],
      sourceApiVersion: '67.0',
    }),
    'force-app/.keep': '',
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** A metadata file: root element with inner XML. */
export function metadata(element: string, inner: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${element} ${META_NAMESPACE}>\n${inner}\n</${element}>\n`;
}

/** A custom field file. */
export function field(name: string, type: string, inner = ''): string {
  return metadata(
    'CustomField',
    `<fullName>${name}</fullName>\n<label>${name}</label>\n<type>${type}</type>\n${inner}`,
  );
}
