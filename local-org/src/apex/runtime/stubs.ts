import { bridgeName } from '../library/contract.ts';
import {
  ApexDouble,
  ApexId,
  ApexList,
  bridgeOf,
  castTo,
  Types,
  TypeValue,
} from '../values/index.ts';
import type { RuntimeClass, RuntimeType } from '../values/index.ts';
import { ApexObject } from '../values/index.ts';
import { npe } from './numbers.ts';
import { markerName } from '../emit/names.ts';
import type { RuntimeMethod, TypeHandle } from './type-handle.ts';

const HANDLE_METHOD_CALL = bridgeName(
  'StubProvider',
  'handleMethodCall(Object,String,Type,List<Type>,List<String>,List<Object>)',
);

const TO_STRING = bridgeName('Object', 'toString()');

/** Property of a stub that holds its provider: state like any other, so that it goes into queued jobs with the stub. */
export const STUB_PROVIDER = '$provider';

interface StubInstance {
  [STUB_PROVIDER]: object;
}

/** `Test.createStub`: every instance method that can be overridden or implemented goes to the provider (documented limits: no static and private methods). */
export function createStub(
  handleOf: (cls: RuntimeClass) => TypeHandle,
  cls: RuntimeClass,
  provider: object,
): object {
  const base = (handleOf(cls).c ?? ApexObject) as new () => object;
  const Stub = class extends base {};
  const prototype = Stub.prototype as Record<string, unknown>;
  Object.defineProperty(prototype, '$class', { value: stubClass(cls) });
  for (const type of typesAbove(cls)) {
    prototype[markerName(type.name)] = true;
    for (const method of handleOf(type).methods) {
      if (method.isStatic || (type.kind === 'class' && method.modifiers.includes('private')))
        continue;
      prototype[method.key] = function stubbed(this: object, ...args: unknown[]): unknown {
        return call(this, (this as StubInstance)[STUB_PROVIDER], method, args);
      };
      // An interface that declares it: texts made of the stub come from the provider as well.
      if (method.name.toLowerCase() === 'tostring' && method.params.length === 0)
        prototype[TO_STRING] = prototype[method.key];
    }
  }
  const stub = new Stub() as StubInstance;
  stub[STUB_PROVIDER] = provider;
  return stub;
}

/** What the platform calls the class of a stub (practitioner: texts of fflib-apex-mocks name it). */
const STUB_SUFFIX = '__sfdc_ApexStub';

function stubClass(cls: RuntimeClass): RuntimeClass {
  const own = Types.user(cls);
  return {
    ...cls,
    name: `${cls.name}${STUB_SUFFIX}`,
    kind: 'class',
    fields: [],
    ...(cls.kind === 'interface'
      ? { superType: null, interfaces: [own] }
      : { superType: own, interfaces: [] }),
  };
}

/** The class that a stub's class stands for. */
export function stubbedClassName(name: string): string {
  return name.endsWith(STUB_SUFFIX) ? name.slice(0, -STUB_SUFFIX.length) : name;
}

function typesAbove(cls: RuntimeClass): RuntimeClass[] {
  const above = [cls.superType, ...cls.interfaces].flatMap((type) =>
    type?.kind === 'user' ? typesAbove(type.cls) : [],
  );
  return [...above, cls];
}

function call(
  stub: object,
  provider: object,
  method: RuntimeMethod,
  args: readonly unknown[],
): unknown {
  const handle = bridgeOf(provider, HANDLE_METHOD_CALL) ?? npe();
  const types = method.params.map((param) => new TypeValue(param.type));
  const result = handle(
    stub,
    method.name,
    method.returns === null ? null : new TypeValue(method.returns),
    new ApexList(Types.library('Type'), types),
    new ApexList(
      Types.String,
      method.params.map((param) => param.name),
    ),
    new ApexList(
      Types.Object,
      args.map((arg, index) => boxed(arg, method.params[index]?.type)),
    ),
  );
  return method.returns === null ? null : castTo(result, method.returns);
}

/** The form a value has inside an `Object`. */
export function boxed(value: unknown, type: RuntimeType | undefined): unknown {
  if (type?.kind !== 'primitive' || value === null) return value;
  if (type.name === 'Double' && typeof value === 'number') return new ApexDouble(value);
  return type.name === 'Id' && typeof value === 'string' ? new ApexId(value) : value;
}
