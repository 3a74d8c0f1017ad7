/**
 * A small wrong program and what the platform says about it, as `line:column message`. Texts: Salesforce's own message file, published with its Apex language
 * support (Apache-2.0), and compile errors that practitioners quote.
 */
export type WrongProgram = readonly [source: string, ...problems: string[]];

/** Statements as a class that compiles alone; the statements begin on line 2. */
export function statementsInClass(statements: string, members = '', name = 'Host'): string {
  return `public virtual class ${name} {${members} void run() {\n${statements}\n}}`;
}
