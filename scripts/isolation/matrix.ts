/** The isolation matrix: who sees what, as people wrote it down in config/isolation/matrix.json. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A record of the world, and who may do what with it: letters of access → personas. */
export interface MatrixRecord {
  readonly name: string;
  readonly object: string;
  /** SOQL condition that finds exactly this record. */
  readonly where: string;
  /** The partner user who owns it: without them there is no such record. */
  readonly owner?: string;
  readonly access: Readonly<Record<string, readonly string[]>>;
  /** By which mechanism, for readers. */
  readonly because: string;
}

/** What a permission set may grant. */
export interface SetGrants {
  /** Object → letters of c, r, e, d, V (view all), M (modify all). */
  readonly objects: Readonly<Record<string, string>>;
  /** Fields that it lets change. */
  readonly edits: readonly string[];
  readonly customPermissions: readonly string[];
  readonly userPermissions: readonly string[];
  readonly classes: readonly string[];
}

/** Who takes a seat first where an org has few. Each persona stands in one of the lists, except for the guest, who needs none. */
export interface SeatOrder {
  readonly partners: readonly string[];
  /** Partner users who are gone before the others come; no personas. */
  readonly leaving: readonly string[];
  /** Internal users who own records, and those who own none. */
  readonly owners: readonly string[];
  readonly others: readonly string[];
}

export interface Matrix {
  readonly personas: Readonly<Record<string, string>>;
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Personas who are partner users. */
  readonly partners: readonly string[];
  readonly seats: SeatOrder;
  /** Public groups whose members are kept by Apex → the personas in them, and nobody else. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  /** Objects that have no sharing of their own, and why. */
  readonly notShared: Readonly<Record<string, string>>;
  readonly records: readonly MatrixRecord[];
  readonly grants: {
    readonly profile: string;
    readonly sets: Readonly<Record<string, SetGrants>>;
    readonly partnerSets: readonly string[];
    readonly hiddenFromPartners: readonly string[];
  };
}

/** Reads the matrix of a project. @throws Error for a persona or group that nobody declares */
export function readMatrix(projectDir: string): Matrix {
  const file = join(projectDir, 'config', 'isolation', 'matrix.json');
  const matrix = JSON.parse(readFileSync(file, 'utf8')) as Matrix;
  for (const { access } of matrix.records)
    for (const names of Object.values(access)) personasOf(matrix, names);
  const partners = personasOf(matrix, matrix.partners);
  const { seats } = matrix;
  const differs = (a: readonly string[], b: readonly string[]): boolean =>
    [...a].sort().join() !== [...b].sort().join();
  const seated = [...seats.partners, ...seats.owners, ...seats.others, 'guest'];
  if (differs(seats.partners, partners) || differs(seated, Object.keys(matrix.personas)))
    throw new Error('The isolation matrix gives seats to others than its personas');
  for (const { name, owner } of matrix.records)
    if (owner !== undefined && ![...partners, ...seats.leaving].includes(owner))
      throw new Error(`${name}: ${owner} is no partner user`);
  return matrix;
}

/** Letters of what the permission sets of a partner user's tier let them do with an object; empty for whoever is no partner user. */
export function rightsOf(matrix: Matrix, persona: string, object: string): string {
  if (!personasOf(matrix, matrix.partners).includes(persona)) return '';
  const letters = matrix.grants.partnerSets
    .filter((name) => name === 'Partner_Portal_User' || /\.(manager|executive)$/.test(persona))
    .map((name) => matrix.grants.sets[name]?.objects[object] ?? '');
  return [...new Set(letters.join(''))].join('');
}

/** Personas behind names, of which `@north` stands for a group. */
export function personasOf(matrix: Matrix, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const members = name.startsWith('@') ? matrix.groups[name.slice(1)] : [name];
    const unknown = members?.find((member) => matrix.personas[member] === undefined);
    if (members === undefined || unknown !== undefined)
      throw new Error(`The isolation matrix knows no persona ${unknown ?? name}`);
    return members;
  });
}

/** Letters of access that a persona has on a record; empty for none. */
export function expectedAccess(matrix: Matrix, record: MatrixRecord, persona: string): string {
  const found = Object.entries(record.access).filter(([, names]) =>
    personasOf(matrix, names).includes(persona),
  );
  if (found.length > 1) throw new Error(`${record.name}: ${persona} stands there twice`);
  return found[0]?.[0] ?? '';
}
