import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readClassFile } from './class-file.ts';
import type { ClassFile } from './class-file.ts';
import { libraryLine } from './library.ts';
import type { JarObject } from './sobjects.ts';
import { foreignKeyCandidates, readSObject } from './sobjects.ts';
import { zipEntries } from './zip.ts';

const JAR_VERSION = '65.0.0';

/** The lines of every generated file, by file name. */
export function generatedLines(): Map<string, string[]> {
  const folder = jarFolder();
  const objects = new Map<string, JarObject>();
  for (const file of classFiles(join(folder, `sobject-types-${JAR_VERSION}.jar`))) {
    const object = readSObject(file);
    if (object !== null) objects.set(object.name, object);
  }
  const library = classFiles(join(folder, `standard-types-${JAR_VERSION}.jar`)).flatMap((file) => {
    const line = libraryLine(file);
    return line === null ? [] : [line];
  });
  // Sorted, so that a new jar shows only what changed.
  return new Map([
    ['sobjects.txt.gz', [...objects.values()].map((object) => objectLine(object, objects)).sort()],
    ['library.txt.gz', library.sort()],
  ]);
}

function jarFolder(): string {
  const require = createRequire(import.meta.url);
  const main = require.resolve('@salesforce/code-analyzer-pmd-engine');
  return join(dirname(main), 'java-lib');
}

function classFiles(jar: string): ClassFile[] {
  return zipEntries(readFileSync(jar))
    .filter((entry) => entry.name.endsWith('.class'))
    .map((entry) => readClassFile(entry.read()));
}

function objectLine(object: JarObject, all: ReadonlyMap<string, JarObject>): string {
  const fields = object.fields.map((field) =>
    field.relationship === undefined
      ? [field.name, field.type]
      : [field.name, field.type, field.relationship, field.target],
  );
  const children = object.children.map(({ relationship, child }) => {
    const { exact, polymorphic } = foreignKeyCandidates(object.name, all.get(child));
    return [relationship, child, exact.length > 0 ? exact : polymorphic];
  });
  return `${object.name}\t${JSON.stringify([fields, children])}`;
}
