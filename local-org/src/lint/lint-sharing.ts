import { isAbsolute, join, relative } from 'node:path';
import { checkProject } from '../apex/check/index.ts';
import type { SourceUnit } from '../apex/check/index.ts';
import { parseApex } from '../apex/syntax/index.ts';
import { shapeOf } from '../execution/shape.ts';
import { readProject } from '../project/index.ts';
import type { ApexSource, Project, ProjectSource } from '../project/index.ts';
import { createSchema } from '../schema/resolved-schema.ts';
import { externalContainers } from './audience.ts';
import { applyExceptions, extentsOf } from './exceptions.ts';
import type { Extent } from './exceptions.ts';
import type { Finding } from './finding.ts';
import { permissionFindings } from './permission-findings.ts';
import { reachFindings } from './reach.ts';
import type { ReachReport } from './reach.ts';
import { settingsFindings } from './settings-findings.ts';
import { sharingFindings } from './sharing-findings.ts';

/** What a check of a project's sharing found, and how much it looked at. */
export interface SharingReport {
  readonly root: string;
  readonly findings: readonly Finding[];
  readonly excepted: number;
  readonly components: number;
  readonly classes: number;
  readonly doors: number;
  /** Profiles and permission sets taken for external ones, and why. */
  readonly externals: readonly { readonly name: string; readonly because: string }[];
}

/** @param externalNames permission sets and profiles of external users that their source does not tell apart */
export function lintSharing(
  source: ProjectSource,
  externalNames: readonly string[] = [],
): SharingReport {
  const project = readProject(source);
  const apex = analyseApex(project, 'projectDir' in source ? source.projectDir : null);
  const externals = externalContainers(project, externalNames);
  const found = [
    ...unreadable(project),
    ...sharingFindings(project),
    ...settingsFindings(project),
    ...permissionFindings(externals, project, apex.elevatedDoors),
    ...apex.findings,
  ];
  const files = new Set([
    ...project.components.map(({ file }) => file),
    ...[...project.classes.values(), ...project.triggers.values()].map(({ file }) => file),
  ]);
  const { findings, excepted } = applyExceptions(
    found,
    [...files].filter((file) => /\.(cls|trigger|xml)$/.test(file)),
    apex.extents,
  );
  return {
    root: project.root,
    findings: findings.sort(
      (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line,
    ),
    excepted,
    components: project.components.length,
    classes: project.classes.size + project.triggers.size,
    doors: apex.doors,
    externals: externals.map(({ container, because }) => ({ name: container.name, because })),
  };
}

function unreadable(project: Project): Finding[] {
  return project.problems.map(({ message, position }) => ({
    rule: 'metadata-not-read',
    file: position.file ?? project.root,
    line: position.line ?? 1,
    message,
  }));
}

interface ApexReport extends ReachReport {
  readonly extents: ReadonlyMap<string, readonly Extent[]>;
}

function analyseApex(project: Project, projectDir: string | null): ApexReport {
  const problems: Finding[] = [];
  const units: SourceUnit[] = [];
  const unparsed: string[] = [];
  const extents = new Map<string, readonly Extent[]>();
  const absolute = (file: string): string => (isAbsolute(file) ? file : join(project.root, file));
  const problem = (file: string, line: number, message: string): void => {
    if (!problems.some((known) => known.file === absolute(file)))
      problems.push({ rule: 'apex-not-analysed', file: absolute(file), line, message });
  };
  const parse = (
    { name, file, source, apiVersion }: ApexSource,
    kind: 'class' | 'trigger',
  ): void => {
    const short = relative(project.root, file);
    const { unit, errors } = parseApex(source, short, kind);
    for (const { line, message } of errors) problem(short, line, message);
    if (unit === null) {
      unparsed.push(name);
      return;
    }
    units.push({ file: short, apiVersion, unit });
    extents.set(file, extentsOf(unit));
  };
  const active = (all: ReadonlyMap<string, ApexSource>): ApexSource[] =>
    [...all.values()].filter(({ status }) => status !== 'Deleted');
  for (const item of active(project.classes)) parse(item, 'class');
  for (const item of active(project.triggers)) parse(item, 'trigger');
  const schema = createSchema({ shape: shapeOf(projectDir), project, keyPrefixes: new Map() });
  const checked = checkProject({ units, schema, unparsed });
  for (const { file, line, message } of checked.problems) problem(file, line, message);
  const reach = reachFindings(checked.units, project.root);
  return { ...reach, findings: [...problems, ...reach.findings], extents };
}
