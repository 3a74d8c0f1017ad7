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
  if (mayExistElsewhere(site.program, ref.names.at(-1)?.name ?? '')) {
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
