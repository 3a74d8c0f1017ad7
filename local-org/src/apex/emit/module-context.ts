import type { LibraryMemberRef } from '../check/bound-tree.ts';
import type { TypeSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import type { ProgramFacts } from './facts.ts';
import { LineWriter } from './line-writer.ts';
import { functionOwner } from './names.ts';

/** What one emitted file needs of the world: collected while bodies are written, printed in front of them on line 1. */
export class ModuleContext {
  readonly out = new LineWriter();
  readonly facts: ProgramFacts;
  readonly file: string;
  /** `Type.signature` of every library member the file calls. */
  readonly libraryMembers = new Set<string>();
  /** Lines that hold statements, in a coverage compile; null otherwise. */
  readonly coverage: Map<number, number> | null;
  readonly #constants = new Map<string, string>();
  readonly #header: string[] = [];
  readonly #links: string[] = [];
  readonly #linkBodies: string[] = [];
  readonly #functionNames = new Set<string>();
  #count = 0;

  constructor(file: string, facts: ProgramFacts, coverage: boolean) {
    this.file = file;
    this.facts = facts;
    this.coverage = coverage ? new Map() : null;
    this.helper('npe');
  }

  /** A module constant with the given initialiser; equal initialisers share one. */
  constant(initialiser: string, prefix = 'k'): string {
    let name = this.#constants.get(initialiser);
    if (name === undefined) {
      name = `$${prefix}${this.#count++}`;
      this.#constants.set(initialiser, name);
      this.#header.push(`${name}=${initialiser}`);
    }
    return name;
  }

  /** A function of the runtime under its own name: `$npe`. */
  helper(name: string): string {
    const local = `$${name}`;
    if (!this.#constants.has(local)) {
      this.#constants.set(local, local);
      this.#header.push(`${local}=$rt.${name}`);
    }
    return local;
  }

  /** Something of another file, bound when all files are loaded. */
  linked(expression: string): string {
    const key = `link ${expression}`;
    let name = this.#constants.get(key);
    if (name === undefined) {
      name = `$x${this.#count++}`;
      this.#constants.set(key, name);
      this.#links.push(name);
      this.#linkBodies.push(`${name}=${expression}`);
    }
    return name;
  }

  /** The run-time handle of a project type: its class, statics, functions. */
  handle(symbol: TypeSymbol): string {
    return this.constant(`$rt.handle(${JSON.stringify(symbol.name)})`, 'T');
  }

  /** A library function, fetched once. */
  library(member: LibraryMemberRef): string {
    this.libraryMembers.add(`${member.type}.${member.signature}`);
    return this.constant(
      `$rt.library(${JSON.stringify(member.type)},${JSON.stringify(member.signature)})`,
      'f',
    );
  }

  /** A library function that user classes may override or implement: looks at the receiver first. */
  virtualLibrary(member: LibraryMemberRef): string {
    this.libraryMembers.add(`${member.type}.${member.signature}`);
    return this.constant(
      `$rt.virtualLibrary(${JSON.stringify(member.type)},${JSON.stringify(member.signature)})`,
      'v',
    );
  }

  librarySetter(member: LibraryMemberRef): string {
    this.libraryMembers.add(`${member.type}.${member.signature}`);
    return this.constant(
      `$rt.librarySetter(${JSON.stringify(member.type)},${JSON.stringify(member.signature)})`,
      's',
    );
  }

  /** Reserves a function name in this file: `Foo$save`, and `Foo$save$_2` for the next overload. */
  functionFor(key: object, owner: TypeSymbol, part: string): string {
    const base = `${functionOwner(owner)}$${part}`;
    let name = base;
    for (let n = 2; this.#functionNames.has(name); n++) name = `${base}$_${n}`;
    this.#functionNames.add(name);
    this.#byObject.set(key, name);
    return name;
  }

  readonly #byObject = new Map<object, string>();

  /** The name reserved for a method or constructor of this file. */
  ownFunction(key: object): string | undefined {
    return this.#byObject.get(key);
  }

  /** A run-time type descriptor. */
  type(type: ApexType): string {
    switch (type.kind) {
      case 'primitive':
        return this.constant(`$rt.types.${type.name}`, 'R');
      case 'sobject':
        return this.constant(`$rt.types.sobject(${JSON.stringify(type.name)})`, 'R');
      case 'list':
        return this.constant(`$rt.types.list(${this.type(type.element)})`, 'R');
      case 'set':
        return this.constant(`$rt.types.set(${this.type(type.element)})`, 'R');
      case 'map':
        return this.constant(`$rt.types.map(${this.type(type.key)},${this.type(type.value)})`, 'R');
      case 'user':
        return this.constant(`${this.handle(type.symbol)}.type`, 'R');
      case 'library':
        return this.constant(
          `$rt.types.library(${JSON.stringify(type.name)},[${type.args.map((arg) => this.type(arg)).join(',')}])`,
          'R',
        );
      case 'void':
        return this.constant('$rt.types.Void', 'R');
      case 'null':
      case 'typevar':
      case 'unknown':
        return this.constant('$rt.types.Object', 'R');
      default:
        return type satisfies never;
    }
  }

  /** Where queries and DML of a class stand. */
  site(symbol: TypeSymbol): string {
    const site = { className: symbol.name, apiVersion: symbol.apiVersion, sharing: symbol.sharing };
    return this.constant(`$rt.site(${JSON.stringify(site)})`, 'C');
  }

  /** Counts a statement line; the text to write in front of the statement. */
  count(line: number): string {
    if (this.coverage === null) return '';
    let index = this.coverage.get(line);
    if (index === undefined) {
      index = this.coverage.size;
      this.coverage.set(line, index);
    }
    return `$cov[${index}]++;`;
  }

  /** The whole script: header, the line-aligned bodies, then `definitions` and the link function. */
  assemble(definitions: string): string {
    const coverage =
      this.coverage === null
        ? ''
        : `const $cov=$rt.coverage(${JSON.stringify(this.file)},${JSON.stringify([...this.coverage.keys()])});`;
    const links = this.#links.length === 0 ? '' : `let ${this.#links.join(',')};`;
    const header = `(function($rt){"use strict";const ${this.#header.join(',')};${links}${coverage}`;
    return `${header}${this.out.toString()}\n${definitions}\nreturn()=>{${this.#linkBodies.join(';')}}})`;
  }
}
