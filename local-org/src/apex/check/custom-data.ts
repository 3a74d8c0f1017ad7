import type { ApexType } from '../types/type.ts';
import type { LibraryClass, LibraryMethodInfo } from '../types/library-class.ts';
import type { BodyContext } from './body-context.ts';
import type { MethodCandidate } from './members.ts';
import { mayExistElsewhere } from './resolve-type.ts';
import { ID, STRING, listOf, mapOf, userType } from '../types/well-known.ts';

/**
 * Static methods that exist on single types only: `getInstance` and its like on custom settings and custom metadata (Apex Reference,
 * "Custom Settings Methods", "Custom Metadata Type Methods"), `values` and `valueOf` on enums of the project. They are registered in
 * the library under 'CustomSetting', 'CustomMetadata' and 'Enum', with the object's token or the enum's class literal as receiver.
 */
export function customDataCandidates(
  cx: BodyContext,
  type: ApexType,
  name: string,
): MethodCandidate[] {
  const lower = name.toLowerCase();
  if (type.kind === 'user' && type.symbol.kind === 'enum') {
    if (lower === 'values') return [candidate(ENUM, 'values()', [], listOf(userType(type.symbol)))];
    return lower === 'valueof'
      ? [candidate(ENUM, 'valueOf(String)', [STRING], userType(type.symbol))]
      : [];
  }
  if (type.kind !== 'sobject') return [];
  const all = mapOf(STRING, type);
  const kind = cx.program.schema.object(type.name)?.kind;
  // What a package's object is, only the package says
  switch (
    kind === 'custom' && mayExistElsewhere(cx.program, type.name) ? 'hierarchyCustomSetting' : kind
  ) {
    case 'hierarchyCustomSetting':
    case 'listCustomSetting':
      switch (lower) {
        case 'getinstance':
          return [
            candidate(SETTING, 'getInstance()', [], type),
            candidate(SETTING, 'getInstance(Id)', [ID], type),
            candidate(SETTING, 'getInstance(String)', [STRING], type),
          ];
        case 'getvalues':
          return [
            candidate(SETTING, 'getValues(Id)', [ID], type),
            candidate(SETTING, 'getValues(String)', [STRING], type),
          ];
        case 'getorgdefaults':
          return [candidate(SETTING, 'getOrgDefaults()', [], type)];
        case 'getall':
          return [candidate(SETTING, 'getAll()', [], all)];
        default:
          return [];
      }
    case 'customMetadata':
      if (lower === 'getinstance')
        return [candidate(METADATA, 'getInstance(String)', [STRING], type)];
      return lower === 'getall' ? [candidate(METADATA, 'getAll()', [], all)] : [];
    default:
      return [];
  }
}

/** Instance methods of the project's enums. */
export function enumCandidates(type: ApexType, name: string): MethodCandidate[] {
  if (type.kind !== 'user' || type.symbol.kind !== 'enum') return [];
  const lower = name.toLowerCase();
  if (lower === 'name') return [candidate(ENUM, 'name()', [], STRING, false)];
  if (lower === 'ordinal')
    return [candidate(ENUM, 'ordinal()', [], { kind: 'primitive', name: 'Integer' }, false)];
  return [];
}

const owner = (name: string): LibraryClass => ({
  name,
  kind: 'class',
  isAbstract: false,
  typeParams: [],
  superType: null,
  interfaces: [],
  constructors: [],
  methods: new Map(),
  fields: new Map(),
  enumConstants: new Map(),
});
const SETTING = owner('CustomSetting');
const METADATA = owner('CustomMetadata');
const ENUM = owner('Enum');

function candidate(
  of: LibraryClass,
  key: string,
  params: readonly ApexType[],
  returns: ApexType,
  isStatic = true,
): MethodCandidate {
  const name = key.slice(0, key.indexOf('('));
  const info: LibraryMethodInfo = {
    owner: of,
    name,
    key,
    params,
    returns,
    isStatic,
    isAbstract: false,
  };
  return { kind: 'library', params, returns, isStatic, info };
}
