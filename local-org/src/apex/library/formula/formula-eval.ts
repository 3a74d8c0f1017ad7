import { currentTransaction } from '../../../execution/current.ts';
import { compileFormula } from '../../../formula/compile.ts';
import { FormulaError } from '../../../formula/parse.ts';
import type { Formula, FormulaReference, FormulaValue } from '../../../formula/types.ts';
import type { FieldInfo, ObjectInfo, Schema } from '../../../schema/contract.ts';
import { encodeValue } from '../../../storage/columns.ts';
import {
  ApexDate,
  ApexDatetime,
  ApexDouble,
  apexException,
  ApexId,
  ApexList,
  ApexSet,
  ApexTime,
  Decimal,
  LibraryObject,
  SObjectValue,
  Types,
  type ApexEnum,
  type SObjectTypeToken,
  type TypeValue,
} from '../../values/index.ts';
import { Bean, defineBean } from '../bean.ts';
import { define, required } from '../define.ts';
import { notImplemented } from '../environment.ts';
import { classObject, memberValue } from './class-object.ts';

/** `FormulaEval.FormulaBuilder`. */
class FormulaBuilder extends LibraryObject {
  readonly apexTypeName = 'FormulaEval.FormulaBuilder';
  text: string | null = null;
  object: ObjectInfo | null = null;
  returnType: string | null = null;
  blankAsZero = false;
}

/** `FormulaEval.FormulaInstance`. */
class FormulaInstance extends LibraryObject {
  readonly apexTypeName = 'FormulaEval.FormulaInstance';
  readonly formula: Formula;
  readonly returnType: string;

  constructor(formula: Formula, returnType: string) {
    super();
    this.formula = formula;
    this.returnType = returnType;
  }
}

function invalid(message: string): Error {
  return apexException('System.FormulaValidationException', message);
}

/** The schema plus the object that stands for a class. */
function withObject(schema: Schema, object: ObjectInfo): Schema {
  const matches = (name: string): boolean => name === object.name;
  return Object.create(schema, {
    object: { value: (name: string) => (matches(name) ? object : schema.object(name)) },
    field: {
      value: (owner: string, name: string) =>
        matches(owner) ? object.fields.get(name.toLowerCase()) : schema.field(owner, name),
    },
    label: { value: (name: string, language: string) => schema.label(name, language) },
  }) as Schema;
}

const RESULTS: Readonly<Record<string, readonly string[]>> = {
  BOOLEAN: ['boolean'],
  DATE: ['date'],
  DATETIME: ['datetime'],
  DECIMAL: ['number'],
  DOUBLE: ['number'],
  INTEGER: ['number'],
  LONG: ['number'],
  ID: ['text'],
  STRING: ['text', 'picklist'],
  TIME: ['time'],
};

function build(builder: FormulaBuilder): FormulaInstance {
  const { schema } = currentTransaction();
  const { text, object, returnType } = builder;
  if (text === null || text.trim() === '') throw invalid('Formula is required.');
  if (object === null) throw invalid('Type is required.');
  if (returnType === null) throw invalid('Return type is required.');
  const formula = compile(text, withObject(schema, object), object, builder.blankAsZero);
  if (formula.type !== 'null' && RESULTS[returnType]?.includes(formula.type) !== true) {
    throw invalid(
      `Formula result is data type (${formula.type}), incompatible with expected data type (${returnType}).`,
    );
  }
  return new FormulaInstance(formula, returnType);
}

function compile(
  text: string,
  schema: Schema,
  object: ObjectInfo | null,
  blankAsZero: boolean,
): Formula {
  try {
    return compileFormula(text, { schema, object, blankAsZero });
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    if (error.unsupported) throw notImplemented(`Formula: ${error.message}`);
    throw invalid(error.message);
  }
}

/** Follows a reference from a record or an instance of a user class. */
function referenced(root: unknown, reference: FormulaReference): unknown {
  let current = root;
  for (const step of reference.steps) {
    if (current === null || current === undefined) return null;
    current =
      current instanceof SObjectValue
        ? (current.parents?.get(step.name) ?? null)
        : memberValue(current, step.name);
  }
  if (current === null || current === undefined) return null;
  const value =
    current instanceof SObjectValue
      ? (current.values.get(reference.field.name) ?? null)
      : memberValue(current, reference.field.name);
  return encodeValue(value, reference.field);
}

function run(formula: Formula, root: unknown): FormulaValue {
  const env = currentTransaction().formulaEnv;
  if (env === undefined) throw notImplemented('FormulaEval');
  return formula.evaluate({
    env,
    value: (index) => {
      const reference = formula.references[index];
      return reference === undefined ? null : referenced(root, reference);
    },
  });
}

/** A formula's value as an Apex `Object`. */
function toApex(value: FormulaValue, returnType: string): unknown {
  if (value === null) return null;
  switch (returnType) {
    case 'DATE':
      return new ApexDate(Number(value));
    case 'DATETIME':
      return new ApexDatetime(Number(value));
    case 'TIME':
      return new ApexTime(Number(value));
    case 'DECIMAL':
      return Decimal.parse(String(value));
    case 'DOUBLE':
      return new ApexDouble(Number(value));
    case 'INTEGER':
      return Math.trunc(Number(value)) | 0;
    case 'LONG':
      return BigInt(Math.trunc(Number(value)));
    case 'ID':
      return new ApexId(String(value));
    default:
      return value;
  }
}

/** Computes the formula fields of a record from what it holds (`recalculateFormulas`). */
export function recalculateFormulas(record: SObjectValue): void {
  const { schema } = currentTransaction();
  for (const field of record.object.fields.values()) {
    if (field.formula === undefined) continue;
    const formula = compile(
      field.formula,
      schema,
      record.object,
      field.formulaTreatBlanksAs === 'BlankAsZero',
    );
    record.load(field.name, fieldValue(run(formula, record), field));
  }
}

/** What the default formula of a field gives, in the raw form of the field. */
export function evaluateDefault(field: FieldInfo): unknown {
  const { schema } = currentTransaction();
  const formula = compile(field.defaultValue ?? 'null', schema, null, false);
  return fieldValue(run(formula, null), field);
}

function fieldValue(value: FormulaValue, field: FieldInfo): unknown {
  if (field.apexType === 'Boolean') return value === true;
  const boxed = toApex(value, field.apexType.toUpperCase());
  if (boxed instanceof Decimal && field.scale !== undefined)
    return boxed.setScale(field.scale, 'HALF_UP');
  if (boxed instanceof ApexDouble || boxed instanceof ApexId) return boxed.value;
  return boxed;
}

function returning<T>(
  change: (builder: FormulaBuilder, value: T) => void,
): (builder: FormulaBuilder, value: T) => FormulaBuilder {
  return (builder, value) => {
    change(builder, value);
    return builder;
  };
}

function referencedFields(instance: FormulaInstance): ApexSet<string> {
  const names = instance.formula.references.map((reference) =>
    [...reference.steps.map((step) => step.name), reference.field.name].join('.'),
  );
  return new ApexSet(Types.String, names);
}

export const formulaTypes = [
  define('Formula', {
    'builder()': () => new FormulaBuilder(),
    'recalculateFormulas(List<SObject>)': (records: ApexList<SObjectValue> | null) => {
      const results = required(records).items.map((record) => {
        recalculateFormulas(record);
        const errors = new ApexList(Types.library('FormulaRecalcFieldError'));
        return new Bean('System.FormulaRecalcResult', { sObject: record, success: true, errors });
      });
      return new ApexList(Types.library('FormulaRecalcResult'), results);
    },
  }),
  defineBean('FormulaRecalcResult'),
  defineBean('FormulaRecalcFieldError'),
  define(
    'FormulaEval.FormulaBuilder',
    {
      'builder()': () => new FormulaBuilder(),
      'build()': build,
      'parseAsTemplate(Boolean)': returning<boolean>((_, asTemplate) => {
        if (asTemplate) throw notImplemented('FormulaEval.FormulaBuilder.parseAsTemplate(true)');
      }),
      'treatNumericNullAsZero(Boolean)': returning<boolean>((builder, asZero) => {
        builder.blankAsZero = asZero;
      }),
      'withFormula(String)': returning<string | null>((builder, text) => {
        builder.text = text;
      }),
      // Globals are always in reach here; the platform wants them named.
      'withGlobalVariables(List<FormulaEval.FormulaGlobal>)': returning<unknown>(() => undefined),
      'withReturnType(FormulaEval.FormulaReturnType)': returning<ApexEnum | null>(
        (builder, type) => {
          builder.returnType = required(type).name;
        },
      ),
      'withType(Type)': returning<TypeValue | null>((builder, type) => {
        builder.object = classObject(required(type).type);
      }),
      'withType(Schema.SObjectType)': returning<SObjectTypeToken | null>((builder, token) => {
        builder.object = required(token).object;
      }),
    },
    { instanceClass: FormulaBuilder },
  ),
  define(
    'FormulaEval.FormulaInstance',
    {
      'evaluate(Object)': (instance: FormulaInstance, context: unknown) =>
        toApex(run(instance.formula, context), instance.returnType),
      'getReferencedFields()': referencedFields,
    },
    { instanceClass: FormulaInstance },
  ),
];
