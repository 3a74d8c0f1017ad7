import type { TypeRef } from '../syntax/ast.ts';
import type { Program } from '../types/program.ts';
import type { TypeSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import type { Reporter } from './reporter.ts';
import { findType } from './find-type.ts';
import { isTypeVisible } from './visibility.ts';
import { UNKNOWN, listOf } from '../types/well-known.ts';

/** Where a type is written. */
export interface TypeSite {
  readonly program: Program;
  readonly reporter: Reporter;
  readonly file: string;
  readonly from: TypeSymbol | null;
}

/** The type a reference means; an unknown one is reported and then leaves everything it touches unchecked. */
export function resolveType(site: TypeSite, ref: TypeRef): ApexType {
  const names = ref.names.map((it) => it.name);
  const written = ref.names.at(-1)?.args ?? [];
  const args = written.map((arg) => resolveType(site, arg));
  const found = findType(site.program, site.from, names, args) ?? unresolved(site, ref);
  const wanted = argumentCount(site.program, found);
  if (found.kind !== 'unknown' && written.length > 0 && wanted !== written.length) {
    site.reporter.problem(
      site.file,
      ref,
      wanted === 0
        ? `Type arguments provided for a non-parameterized type: ${names.join('.')}`
        : `Invalid type argument count for ${names.join('.')}: expected ${wanted} but found ${written.length}`,
    );
  }
  if (found.kind === 'user' && !isTypeVisible(found.symbol, site.from)) {
    site.reporter.problem(site.file, ref, `Type is not visible: ${found.symbol.name}`);
  }
  let type = found;
  for (let depth = 0; depth < ref.arrayDepth; depth++) type = listOf(type);
  return type;
}

function argumentCount(program: Program, type: ApexType): number {
  switch (type.kind) {
    case 'list':
    case 'set':
      return 1;
    case 'map':
      return 2;
    case 'library':
      return program.library.find(type.name)?.typeParams.length ?? 0;
    default:
      return 0;
  }
}

function unresolved(site: TypeSite, ref: TypeRef): ApexType {
  const name = typeRefText(ref);
  const last = ref.names.at(-1)?.name ?? '';
  if (mayExistElsewhere(site.program, last) || isLibraryGap(site.program, ref)) {
    site.reporter.warning(
      site.file,
      ref,
      `Type ${name} is not known to the local org; it is taken as Object`,
    );
  } else {
    site.reporter.problem(site.file, ref, `Invalid type: ${name}`);
  }
  return UNKNOWN;
}

/** The signature data knows System and its like well; of the many classes of the other namespaces it may lack some. */
function isLibraryGap(program: Program, ref: TypeRef): boolean {
  const [namespace] = ref.names;
  if (namespace === undefined || ref.names.length < 2) return false;
  const name = namespace.name.toLowerCase();
  return program.library.isNamespace(name) && !WELL_KNOWN_NAMESPACES.has(name);
}

/** Whether a library type may have members that the signature data lacks: those outside of the well-known namespaces. */
export function mayHaveMore(type: ApexType): boolean {
  if (type.kind !== 'library' || !type.name.includes('.')) return false;
  return !WELL_KNOWN_NAMESPACES.has(type.name.slice(0, type.name.indexOf('.')).toLowerCase());
}

const WELL_KNOWN_NAMESPACES: ReadonlySet<string> = new Set([
  'system',
  'schema',
  'database',
  'messaging',
  'apexpages',
  'approval',
  'cache',
  'eventbus',
]);

/**
 * Names we cannot prove wrong: objects of a managed package, and the companions that the platform makes for an object we know
 * (`X__Share`, `X__History`, `X__ChangeEvent`, `X__Feed`).
 */
export function mayExistElsewhere(program: Program, name: string): boolean {
  if (/^[a-z]\w*?__[a-z]\w*__[a-z]+$/i.test(name)) return true;
  const companion = /^(.*?)(?:__|)(?:share|history|changeevent|feed|tag)$/i.exec(name);
  const base = companion?.[1];
  if (base === undefined || base === '') return false;
  return (
    program.schema.object(base) !== undefined || program.schema.object(`${base}__c`) !== undefined
  );
}

/** The reference as written, for messages. */
export function typeRefText(ref: TypeRef): string {
  const names = ref.names.map(({ name, args }) =>
    args.length === 0 ? name : `${name}<${args.map(typeRefText).join(',')}>`,
  );
  return names.join('.') + '[]'.repeat(ref.arrayDepth);
}
