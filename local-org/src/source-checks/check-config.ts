import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalOrgError } from '../diagnostics/index.ts';
import { itemsOf, memberOf, parseJsonTree, textOf } from '../project/json-tree.ts';
import type { JsonNode } from '../project/json-tree.ts';
import { elementsOf, jsonSchemaOf } from './facts.ts';
import { checkJson } from './json-schema.ts';
import { SourceReport } from './report.ts';

/**
 * What the published schemas lack and the platform takes. `PartnerCommunity`: DX Developer Guide, "Scratch Org Features", in its examples; the
 * other features stand in scratch definitions of Salesforce's own sample projects. `defaultLwcLanguage`: what the official template for
 * TypeScript writes.
 */
const NOT_IN_SCHEMA: readonly RegExp[] = [
  /^features\[\d+\]: '(PartnerCommunity|Walkthroughs|CustomerDataPlatform|Einstein1AIPlatform|PublishExpBuilderBasedSna|EmbeddedServiceMessaging)'/i,
  /^unknown property 'defaultLwcLanguage'$/,
];

/** `sfdx-project.json` and `config/project-scratch-def.json` against Salesforce's JSON schemas, and settings against their types. */
export function checkConfig(projectDir: string): SourceReport {
  const report = new SourceReport();
  checkFile(join(projectDir, 'sfdx-project.json'), 'sfdx-project', report);
  checkProjectFile(join(projectDir, 'sfdx-project.json'), report);
  const definition = join(projectDir, 'config', 'project-scratch-def.json');
  const tree = checkFile(definition, 'project-scratch-def', report);
  if (tree !== undefined) checkSettings(tree, definition, report);
  return report;
}

function checkFile(file: string, schemaName: string, report: SourceReport): JsonNode | undefined {
  const schema = jsonSchemaOf(schemaName);
  if (schema === undefined || !existsSync(file)) return undefined;
  const tree = parseJsonTree(readFileSync(file, 'utf8'), file);
  if (tree instanceof LocalOrgError) {
    report.problem(tree.message, { file, line: tree.position.line ?? 1 });
    return undefined;
  }
  for (const { message, line } of checkJson(tree, schema)) {
    if (!NOT_IN_SCHEMA.some((known) => known.test(message)))
      report.problem(message, { file, line });
  }
  return tree;
}

/** What the schema of a project leaves open: versions, and which package directory is the default one. */
function checkProjectFile(file: string, report: SourceReport): void {
  if (!existsSync(file)) return;
  const tree = parseJsonTree(readFileSync(file, 'utf8'), file);
  if (tree instanceof LocalOrgError) return;
  const version = memberOf(tree, 'sourceApiVersion');
  const text = textOf(tree, 'sourceApiVersion') ?? '';
  if (version !== undefined && !/^\d{2}\.0$/.test(text))
    report.problem(`sourceApiVersion '${text}' is no API version such as 67.0`, {
      file,
      line: version.line,
    });
  const directories = itemsOf(tree, 'packageDirectories');
  const defaults = directories.filter((directory) => {
    const value = memberOf(directory, 'default');
    return value?.kind === 'value' && value.value === true;
  });
  const second = defaults[1];
  if (second !== undefined)
    report.problem('Only one package directory can be the default one', {
      file,
      line: second.line,
    });
  const first = directories[0];
  if (directories.length > 1 && defaults.length === 0 && first !== undefined)
    report.problem('One of several package directories must be the default one', {
      file,
      line: first.line,
    });
}

/** `settings.communitiesSettings.enableNetworksEnabled` is CommunitiesSettings.enableNetworksEnabled of the Metadata API. */
function checkSettings(tree: JsonNode, file: string, report: SourceReport): void {
  const settings = tree.kind === 'object' ? tree.members.get('settings') : undefined;
  if (settings?.kind !== 'object') return;
  for (const [name, node] of settings.members) {
    const type = name.slice(0, 1).toUpperCase() + name.slice(1);
    const elements = elementsOf(type);
    if (elements === undefined)
      report.problem(`There are no settings ${name}`, { file, line: node.line });
    else if (node.kind === 'object') checkMembers(node, type, file, report);
  }
}

function checkMembers(
  node: JsonNode & { readonly kind: 'object' },
  type: string,
  file: string,
  report: SourceReport,
): void {
  const elements = elementsOf(type);
  for (const [name, value] of node.members) {
    const fact = elements?.get(name);
    const at = { file, line: value.line };
    if (fact === undefined) report.problem(`${type} has no setting ${name}`, at);
    else if (value.kind === 'object') checkMembers(value, fact.type, file, report);
    else if (
      value.kind === 'value' &&
      (fact.type === 'boolean' || fact.type === 'number') &&
      typeof value.value !== fact.type
    )
      report.problem(`${name} must be a ${fact.type}, not ${JSON.stringify(value.value)}`, at);
  }
}
