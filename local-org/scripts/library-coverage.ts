/**
 * Lists what the local org has of Apex's library: members by type, built and missing. `node local-org/scripts/library-coverage.ts [namespace …]`;
 * without a namespace the totals of all of them.
 */
import { isImplemented } from '../src/apex/library/index.ts';
import { allTypes, libraryNamespaces, type LibraryType } from '../src/schema/library-signatures.ts';

function keysOf(type: LibraryType): string[] {
  const types = (params: readonly { type: string }[]): string =>
    params.map((param) => param.type).join(',');
  return [
    ...type.constructors.map((each) => `<init>(${types(each.params)})`),
    ...type.methods.map((each) => `${each.name}(${types(each.params)})`),
    ...type.fields.map((each) => each.name),
    ...type.enumConstants,
  ];
}

function nameOf(type: LibraryType): string {
  return type.namespace === 'System' ? type.name : `${type.namespace}.${type.name}`;
}

const wanted = process.argv.slice(2);
let allBuilt = 0;
let all = 0;
for (const namespace of wanted.length > 0 ? wanted : libraryNamespaces()) {
  let built = 0;
  let known = 0;
  for (const type of allTypes(namespace)) {
    const keys = keysOf(type);
    const missing = keys.filter((key) => !isImplemented(nameOf(type), key));
    built += keys.length - missing.length;
    known += keys.length;
    if (wanted.length > 0 && missing.length > 0) {
      console.log(
        `${nameOf(type)}: ${keys.length - missing.length} of ${keys.length}; missing ${missing.join(' ')}`,
      );
    }
  }
  console.log(`${namespace}: ${built} of ${known} members`);
  allBuilt += built;
  all += known;
}
console.log(`${allBuilt} of ${all} members`);
