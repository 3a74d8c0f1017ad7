/**
 * Writes `generated/` from the type jars inside `@salesforce/code-analyzer-pmd-engine`.
 * Run by `npm run schema:generate` after that package's version changes; needs no Java.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readClassFile } from './generator/class-file.ts';
import type { ClassFile } from './generator/class-file.ts';
import { libraryLine } from './generator/library.ts';
import type { JarObject } from './generator/sobjects.ts';
import { foreignKeyCandidates, readSObject } from './generator/sobjects.ts';
import { zipEntries } from './generator/zip.ts';

const JAR_VERSION = '65.0.0';

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

function write(name: string, lines: string[]): void {
  // Sorted, so that a new jar shows only what changed. The level makes it small; it is read often.
  const text = lines.sort().join('\n');
  const target = join(import.meta.dirname, 'generated', name);
  writeFileSync(target, gzipSync(text, { level: 9 }));
  process.stdout.write(`${name}: ${lines.length} entries, ${text.length} characters\n`);
}

const folder = jarFolder();
const objects = new Map<string, JarObject>();
for (const file of classFiles(join(folder, `sobject-types-${JAR_VERSION}.jar`))) {
  const object = readSObject(file);
  if (object !== null) objects.set(object.name, object);
}
write(
  'sobjects.txt.gz',
  [...objects.values()].map((object) => objectLine(object, objects)),
);
write(
  'library.txt.gz',
  classFiles(join(folder, `standard-types-${JAR_VERSION}.jar`)).flatMap((file) => {
    const line = libraryLine(file);
    return line === null ? [] : [line];
  }),
);
