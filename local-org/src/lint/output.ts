import { isAbsolute, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RULES, severityOf } from './finding.ts';
import type { Finding, Place, RuleId } from './finding.ts';
import type { SharingReport } from './lint-sharing.ts';

/** Where the page of a rule stands, from the root of this repository. */
export function pageOf(rule: RuleId): string {
  return `docs/sharing-findings/${rule}.md`;
}

/** Findings that make the check fail. */
export function failures({ findings }: SharingReport): Finding[] {
  return findings.filter(({ rule }) => severityOf(rule) !== 'note');
}

/** For people: one line for each finding, then what was looked at. */
export function humanReport(report: SharingReport): string {
  const { findings, root, externals } = report;
  const lines = findings.map(({ file, line, rule, message }) => {
    return `${shortPath(root, file)}:${String(line)} ${severityOf(rule)} ${rule}: ${message}`;
  });
  const kinds = [...new Set(findings.map(({ rule }) => rule))];
  const pages = kinds.map((rule) => `  ${rule}: ${pageOf(rule)}`);
  const people = externals.map(({ name, because }) => `${name} (${because})`).join(', ');
  const failed = failures(report).length;
  return [
    ...lines,
    ...(pages.length > 0 ? ['', 'What these are, and what to do:', ...pages, ''] : []),
    `For external users: ${people === '' ? 'no profile and no permission set' : people}`,
    `Read ${String(report.components)} components and ${String(report.classes)} classes and triggers with ${String(report.doors)} doors: ` +
      `${String(failed)} findings, ${String(findings.length - failed)} notes, ${String(report.excepted)} excepted in the source`,
  ].join('\n');
}

/** SARIF 2.1.0 (OASIS): what code hosts show beside the lines. */
export function sarifReport(report: SharingReport): unknown {
  const { findings, root } = report;
  const place = ({ file, line }: Place): unknown => ({
    artifactLocation: { uri: encodeURI(shortPath(root, file)), uriBaseId: 'SRCROOT' },
    region: { startLine: line },
  });
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'lint:sharing',
            rules: RULES.map(({ id, title, severity }) => ({
              id,
              shortDescription: { text: title },
              help: { text: `See ${pageOf(id)}`, markdown: `See [${id}](${pageOf(id)})` },
              defaultConfiguration: { level: severity },
            })),
          },
        },
        originalUriBaseIds: { SRCROOT: { uri: `${pathToFileURL(root).href}/` } },
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: RULES.findIndex(({ id }) => id === finding.rule),
          level: severityOf(finding.rule),
          message: { text: finding.message },
          locations: [{ physicalLocation: place(finding) }],
          ...(finding.path === undefined
            ? {}
            : {
                codeFlows: [
                  {
                    threadFlows: [
                      {
                        locations: finding.path.map((step) => ({
                          location: { physicalLocation: place(step), message: { text: step.text } },
                        })),
                      },
                    ],
                  },
                ],
              }),
        })),
      },
    ],
  };
}

function shortPath(root: string, file: string): string {
  const path = isAbsolute(file) ? relative(root, file) : file;
  return (path === '' ? '.' : path).replaceAll('\\', '/');
}
