import type { MethodSymbol, TypeSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import type { LibraryMethodInfo } from '../types/library-class.ts';
import type { World } from './world.ts';
import { assignability } from '../types/assignable.ts';
import { allSuperTypes, superTypes, userChain } from '../types/hierarchy.ts';
import { substitute } from '../types/library-class.ts';
import { sameType, sameTypes, typeName } from '../types/type-names.ts';
import { OBJECT, isGenericSObject, userType } from '../types/well-known.ts';
import { methodDeclaration, typeDeclaration } from './declarations.ts';
import { isMemberVisible, isPublic } from './visibility.ts';

/**
 * Checks overriding and implementing, and notes the bridges: under which library signatures the platform calls a method of the
 * project (`Comparable.compareTo`, `Database.Batchable.execute`, `Object.toString` …).
 */
export function checkConformance(world: World, symbol: TypeSymbol): void {
  if (symbol.kind === 'class') {
    for (const method of symbol.methods) checkOverride(world, symbol, method);
    if (!symbol.modifiers.includes('abstract')) checkImplemented(world, symbol);
  }
  if (symbol.kind === 'class' || symbol.kind === 'interface') addBridges(world, symbol);
}

/** The method of a superclass that this one has the signature of. */
function inheritedTwin(symbol: TypeSymbol, method: MethodSymbol): MethodSymbol | undefined {
  const types = parameterTypes(method);
  for (const type of userChain(symbol).slice(1)) {
    const twin = type.methods.find(
      (it) => sameName(it, method) && sameTypes(parameterTypes(it), types),
    );
    if (twin !== undefined) return twin;
  }
  return undefined;
}

function checkOverride(world: World, symbol: TypeSymbol, method: MethodSymbol): void {
  const at = methodDeclaration(method) ?? { line: method.line, col: 1 };
  const report = (message: string): void => world.reporter.problem(symbol.file, at, message);
  const overrides = method.modifiers.includes('override');
  const twin = inheritedTwin(symbol, method);
  const text = `${typeName(method.returns)} ${symbol.name}.${signature(method)}`;
  if (twin === undefined || isHiddenPrivate(twin, symbol)) {
    if (overrides && !overridesLibrary(world, symbol, method))
      report(`@Override specified for non-overriding method: ${text}`);
    return;
  }
  const twinText = `${typeName(twin.returns)} ${twin.owner.name}.${signature(twin)}`;
  if (method.isStatic || twin.isStatic) {
    if (method.isStatic !== twin.isStatic)
      report(`Cannot override static method: ${twinText} with ${text}`);
    return;
  }
  const open =
    twin.isAbstract || twin.modifiers.includes('virtual') || twin.modifiers.includes('override');
  if (!open) {
    report(`Non-virtual, non-abstract methods cannot be overridden: ${twinText}`);
  } else if (!overrides && access(twin) > 0) {
    // An abstract method without access modifier may be implemented without the keyword (practitioner: fflib-apex-common)
    report(`Method must use the override keyword: ${text}`);
  } else if (!sameType(method.returns, twin.returns)) {
    report(`Method return types clash: ${twinText} vs ${text} from the type ${symbol.name}`);
  } else if (access(method) < access(twin)) {
    report(`Cannot reduce the visibility of method: ${text}`);
  }
}

/** Private methods of another file's superclass are not there for a subclass. */
function isHiddenPrivate(twin: MethodSymbol, symbol: TypeSymbol): boolean {
  return access(twin) === 0 && !twin.isAbstract && !isMemberVisible(twin, symbol);
}

function access(method: MethodSymbol): number {
  // A public method may override a global one (practitioner: published packages do)
  if (isPublic(method.modifiers)) return 2;
  return method.modifiers.includes('protected') ? 1 : 0;
}

/** `toString`, `equals` and `hashCode` of every object, methods of library superclasses and interfaces. */
function overridesLibrary(world: World, symbol: TypeSymbol, method: MethodSymbol): boolean {
  if (
    userChain(symbol).some(
      (it) =>
        it.superType?.kind === 'unknown' || it.interfaces.some((type) => type.kind === 'unknown'),
    )
  )
    return true;
  for (const type of [...allSuperTypes(world.program, userType(symbol)), OBJECT]) {
    const found =
      type.kind === 'user' ? interfaceTwin(type.symbol, method) : libraryTwin(world, type, method);
    if (found) return true;
  }
  return false;
}

function interfaceTwin(symbol: TypeSymbol, method: MethodSymbol): boolean {
  if (symbol.kind !== 'interface') return false;
  return symbol.methods.some(
    (it) => sameName(it, method) && sameTypes(parameterTypes(it), parameterTypes(method)),
  );
}

function libraryTwin(world: World, type: ApexType, method: MethodSymbol): boolean {
  return libraryMethods(world, type).some(({ info, params }) => fits(world, method, info, params));
}

interface LibraryRequirement {
  readonly info: LibraryMethodInfo;
  readonly params: readonly ApexType[];
  readonly returns: ApexType;
}

function libraryMethods(world: World, type: ApexType): LibraryRequirement[] {
  const found = world.program.library.classOf(type);
  if (found === undefined) return [];
  const by = world.program.library.substitutionOf(type);
  return [...found.methods.values()].flat().map((info) => ({
    info,
    params: info.params.map((it) => substitute(it, by)),
    returns: substitute(info.returns, by),
  }));
}

/**
 * Whether a method of the project answers a call of a library method: `execute(BatchableContext, List<Account>)` does for
 * `List<SObject>`. A static method will do too (practitioner: published queueables with a static `execute` deploy).
 */
function fits(
  world: World,
  method: MethodSymbol,
  info: LibraryMethodInfo,
  params: readonly ApexType[],
): boolean {
  if (info.isStatic || info.name.toLowerCase() !== method.name.toLowerCase()) return false;
  const own = parameterTypes(method);
  return (
    own.length === params.length &&
    own.every((type, i) => interchangeable(world, type, params[i] ?? type))
  );
}

function interchangeable(world: World, a: ApexType, b: ApexType): boolean {
  if (sameType(a, b)) return true;
  if (a.kind === 'list' && b.kind === 'list') {
    return (
      interchangeable(world, a.element, b.element) ||
      isGenericSObject(a.element) ||
      isGenericSObject(b.element)
    );
  }
  if (a.kind === 'primitive' || b.kind === 'primitive') return false;
  return assignability(world.program, a, b) !== null || assignability(world.program, b, a) !== null;
}

/** Every abstract method of superclasses and every interface method needs an implementation. */
function checkImplemented(world: World, symbol: TypeSymbol): void {
  const at = typeDeclaration(symbol) ?? { line: 1, col: 1 };
  const chain = userChain(symbol);
  if (chain.some((it) => it.superType?.kind === 'unknown')) return;
  const report = (message: string, by?: MethodSymbol): void =>
    world.reporter.problem(symbol.file, (by && methodDeclaration(by)) ?? at, message);
  for (const type of allSuperTypes(world.program, userType(symbol))) {
    if (type.kind === 'user' && type.symbol.kind === 'class') {
      for (const method of type.symbol.methods) {
        // An abstract method in a class that is none was refused where it stands
        if (
          !method.isAbstract ||
          type.symbol === symbol ||
          implementation(world, chain, method) !== undefined
        )
          continue;
        report(
          `Class ${symbol.name} must implement the abstract method: ${typeName(method.returns)} ${type.symbol.name}.${signature(method)}`,
        );
      }
    } else if (type.kind === 'user') {
      for (const method of type.symbol.methods) {
        const found = implementation(world, chain, method);
        const text = `${typeName(method.returns)} ${type.symbol.name}.${signature(method)}`;
        if (found === undefined) report(`Class ${symbol.name} must implement the method: ${text}`);
        else if (found.owner === symbol && !isPublic(found.modifiers)) {
          report(
            `${symbol.name}: Overriding implementations of global or public interface methods must be global or public: ${text}`,
            found,
          );
        } else if (
          found.owner === symbol &&
          !sameType(found.returns, method.returns) &&
          !covers(world, method.returns, found.returns)
        ) {
          report(
            `Method return types clash: ${text} vs ${typeName(found.returns)} ${found.owner.name}.${signature(found)} from the type ${symbol.name}`,
            found,
          );
        }
      }
    } else {
      checkLibraryInterface(world, symbol, chain, type, report);
    }
  }
}

function covers(world: World, wanted: ApexType, given: ApexType): boolean {
  return wanted.kind !== 'primitive' && assignability(world.program, given, wanted) !== null;
}

function implementation(
  world: World,
  chain: readonly TypeSymbol[],
  wanted: MethodSymbol,
): MethodSymbol | undefined {
  for (const type of chain) {
    const found = type.methods.find(
      (it) =>
        it !== wanted &&
        !it.isAbstract &&
        sameName(it, wanted) &&
        it.params.length === wanted.params.length &&
        it.params.every((param, i) =>
          interchangeable(world, param.type, wanted.params[i]?.type ?? param.type),
        ),
    );
    if (found !== undefined) return found;
  }
  // Every object has the methods of Object: an interface may ask for `toString()`
  const own = world.program.library.find('Object')?.methods.get(wanted.name.toLowerCase());
  return own?.some((it) => it.params.length === wanted.params.length) === true ? wanted : undefined;
}

function checkLibraryInterface(
  world: World,
  symbol: TypeSymbol,
  chain: readonly TypeSymbol[],
  type: ApexType,
  report: (message: string, by?: MethodSymbol) => void,
): void {
  const library = world.program.library.classOf(type);
  if (library === undefined || (library.kind !== 'interface' && !library.isAbstract)) return;
  for (const required of libraryMethods(world, type)) {
    const { info } = required;
    if (!info.isAbstract || OPTIONAL.has(`${library.name}.${info.name}`)) continue;
    const given = chain
      .flatMap((it) => it.methods)
      .find((it) => fits(world, it, info, required.params));
    const params = required.params.map(typeName).join(', ');
    const text = `${typeName(required.returns)} ${typeName(type)}.${info.name}(${params})`;
    if (given === undefined) {
      report(`Class ${symbol.name} must implement the method: ${text}`);
    } else if (given.owner === symbol && !isPublic(given.modifiers)) {
      report(
        `${symbol.name}: Overriding implementations of global or public interface methods must be global or public: ${text}`,
        given,
      );
    }
  }
}

/** Interface methods that have a default on the platform, though the signature data shows them as required. */
const OPTIONAL: ReadonlySet<string> = new Set([
  'InstallHandler.onUninstall',
  'Messaging.InboundEmailHandler.onError',
]);

/** Notes under which library signatures each method of the type is called. */
function addBridges(world: World, symbol: TypeSymbol): void {
  if (symbol.methods.length === 0) return;
  const supers = [...allSuperTypes(world.program, userType(symbol)), OBJECT].filter(
    (it) => it.kind !== 'user',
  );
  for (const type of supers) {
    const library = world.program.library.classOf(type);
    if (library === undefined) continue;
    for (const { info, params } of libraryMethods(world, type)) {
      const method = symbol.methods.find((it) => fits(world, it, info, params));
      if (method === undefined) continue;
      const known = method.bridges.some(
        (it) => it.kind === 'library' && it.type === library.name && it.signature === info.key,
      );
      if (!known) method.bridges.push({ kind: 'library', type: library.name, signature: info.key });
    }
  }
  for (const type of superTypes(world.program, userType(symbol)))
    addUserBridges(world, symbol, type);
}

/** Methods that answer for one with other parameter types (`List<Account>` for `List<SObject>`). */
function addUserBridges(world: World, symbol: TypeSymbol, superType: ApexType): void {
  for (const type of allSuperTypes(world.program, superType)) {
    if (type.kind !== 'user') continue;
    for (const wanted of type.symbol.methods) {
      if (!wanted.isAbstract) continue;
      const exact = symbol.methods.some(
        (it) => sameName(it, wanted) && sameTypes(parameterTypes(it), parameterTypes(wanted)),
      );
      if (exact) continue;
      const found = symbol.methods.find(
        (it) =>
          sameName(it, wanted) &&
          it.params.length === wanted.params.length &&
          it.params.every((param, i) =>
            interchangeable(world, param.type, wanted.params[i]?.type ?? param.type),
          ),
      );
      if (found !== undefined) found.bridges.push({ kind: 'user', method: wanted });
    }
  }
}

function sameName(a: MethodSymbol, b: MethodSymbol): boolean {
  return a.name.toLowerCase() === b.name.toLowerCase();
}

function parameterTypes(method: MethodSymbol): ApexType[] {
  return method.params.map((it) => it.type);
}

function signature(method: MethodSymbol): string {
  return `${method.name}(${method.params.map((it) => typeName(it.type)).join(', ')})`;
}
