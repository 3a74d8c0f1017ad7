import { toTyped } from '../apex/library/json/deserialize.ts';
import { parseJson } from '../apex/library/json/tree.ts';
import type { RuntimeMethod } from '../apex/runtime/index.ts';
import { ApexException } from '../apex/values/exception.ts';
import { userClassOf } from '../apex/values/object.ts';
import { LocalOrgError } from '../diagnostics/index.ts';
import type { ApexCall, ApexErrorBody, ApexOutcome, Json } from '../server/contract.ts';
import { auraJson } from './aura-json.ts';
import type { LocalOrg } from './local-org.ts';

/**
 * Calls an `@AuraEnabled` method as a component does. Parameters are read by name from JSON, the answer is written as JSON; errors have the shape that components
 * find in `error.body` (documented: LWC Developer Guide, "Handle Errors").
 */
export function invokeAura(
  org: LocalOrg,
  userId: string,
  call: ApexCall,
  networkId: string | null,
): ApexOutcome {
  const method = org.program
    .type(call.className)
    ?.methods.find((candidate) => isAuraEnabled(candidate, call.methodName));
  if (method?.isStatic !== true) {
    return refused(
      404,
      `No such column or method: ${call.className}.${call.methodName} is no @AuraEnabled method`,
      'System.NoAccessException',
    );
  }
  const cacheable = auraAnnotation(method)?.values['cacheable'] === true;
  if (call.fromWire && !cacheable) {
    return refused(
      400,
      `${call.className}.${call.methodName} cannot be wired: it is not cacheable`,
      'System.NoAccessException',
    );
  }
  try {
    const value = org.run('aura', userId, `${call.className}.${call.methodName}`, (transaction) => {
      if (!org.mayCallClass(transaction.user.id, call.className))
        throw new NoClassAccess(call.className);
      transaction.networkId = networkId;
      transaction.readOnly = cacheable;
      const args = method.params.map((param) => {
        const json = call.parameters[param.name];
        return json === undefined || json === null
          ? null
          : toTyped(parseJson(JSON.stringify(json)), param.type, false);
      });
      const result = org.program.callStatic(call.className, method.name, args);
      return auraJson(result);
    });
    return { ok: true, value, cacheable };
  } catch (error) {
    if (error instanceof NoClassAccess)
      return refused(403, error.message, 'System.NoAccessException');
    if (error instanceof ApexException) return { ok: false, status: 500, body: errorBody(error) };
    if (error instanceof LocalOrgError && error.kind === 'unsupported')
      return refused(501, error.toDisplay(), 'LocalOrg.Unsupported');
    throw error;
  }
}

class NoClassAccess extends Error {
  constructor(className: string) {
    super(`You do not have access to the Apex class named '${className}'.`);
  }
}

function auraAnnotation(method: RuntimeMethod): RuntimeMethod['annotations'][number] | undefined {
  return method.annotations.find((annotation) => annotation.name.toLowerCase() === 'auraenabled');
}

function isAuraEnabled(method: RuntimeMethod, name: string): boolean {
  return method.name.toLowerCase() === name.toLowerCase() && auraAnnotation(method) !== undefined;
}

function refused(status: number, message: string, exceptionType: string): ApexOutcome {
  return {
    ok: false,
    status,
    body: { message, exceptionType, isUserDefinedException: false, stackTrace: '' },
  };
}

/** What the platform tells a component: the text of an AuraHandledException, page and field errors of a DML exception, else message and type. */
function errorBody(error: ApexException): ApexErrorBody {
  const message = error.$message ?? 'Script-thrown exception';
  const base = {
    exceptionType: error.$typeName,
    isUserDefinedException: userClassOf(error) !== null,
    stackTrace: error.$stack.text,
  };
  if (error.$typeName === 'System.DmlException' && error.$failures.length > 0) {
    const fieldErrors: Record<string, Json> = {};
    const pageErrors: Json[] = [];
    for (const failure of error.$failures) {
      const entry = { statusCode: failure.statusCode, message: failure.message };
      const [field] = failure.fields;
      if (field === undefined) pageErrors.push(entry);
      else
        fieldErrors[field] = [
          ...((fieldErrors[field] as readonly Json[] | undefined) ?? []),
          entry,
        ];
    }
    return {
      message: 'An error occurred while trying to update the record. Please try again.',
      ...base,
      fieldErrors,
      pageErrors,
    };
  }
  return { message, ...base };
}
