import type { DisplayType, FieldInfo, ObjectInfo, Schema } from '../schema/contract.ts';
import type { PathStep } from '../soql/resolved.ts';
import { encodeAny } from '../storage/columns.ts';
import { FUNCTIONS } from './functions.ts';
import { FormulaError, parseFormula } from './parse.ts';
import type { FormulaNode } from './parse.ts';
import type { Compiled, Formula, FormulaReference, FormulaType, FormulaValue } from './types.ts';
import { asNumber, compareValues, isBlank, round } from './values.ts';

/** What a formula may refer to. */
export interface FormulaScope {
  readonly schema: Schema;
  /** Null where there is no record: the default value of a field, a custom setting. */
  readonly object: ObjectInfo | null;
  /** Empty numbers count as zero (documented: "Treat blank fields as zeroes"). */
  readonly blankAsZero: boolean;
}

/** "Cross-object formulas can reference … up to 10 relationships away" (documented). */
const MAX_STEPS = 10;

/** Parses and types a formula; throws {@link FormulaError}. */
export function compileFormula(source: string, scope: FormulaScope): Formula {
  const compiler = new Compiler(scope);
  const root = compiler.compile(parseFormula(source));
  return { type: root.type, references: compiler.references, evaluate: (frame) => root.run(frame) };
}

/** How the functions see the compiler. */
export interface FunctionHost {
  readonly scope: FormulaScope;
  compile(node: FormulaNode): Compiled;
}

const UNKNOWN_WHEN_BLANK: ReadonlySet<FormulaType> = new Set([
  'number',
  'date',
  'datetime',
  'time',
] as const);

class Compiler implements FunctionHost {
  readonly scope: FormulaScope;
  readonly references: FormulaReference[] = [];
  readonly #indexes = new Map<string, number>();

  constructor(scope: FormulaScope) {
    this.scope = scope;
  }

  compile(node: FormulaNode): Compiled {
    switch (node.kind) {
      case 'text':
        return constant('text', node.value === '' ? null : node.value);
      case 'number':
        return constant('number', node.value);
      case 'name':
        return this.#name(node.parts, node.at);
      case 'call': {
        const definition = FUNCTIONS.get(node.name);
        if (definition === undefined)
          throw new FormulaError(`Unknown function ${node.name}. Check spelling.`, node.at);
        return definition(node, this);
      }
      case 'unary':
        return this.#unary(node);
      case 'binary':
        return this.#binary(node);
      default:
        throw node satisfies never;
    }
  }

  #unary(node: Extract<FormulaNode, { kind: 'unary' }>): Compiled {
    const operand = this.compile(node.operand);
    if (node.operator === '!') {
      requireType(operand, ['boolean'], '!', node.at);
      return { type: 'boolean', run: (frame) => operand.run(frame) !== true };
    }
    requireType(operand, ['number'], '-', node.at);
    return {
      type: 'number',
      run: (frame) => {
        const value = operand.run(frame);
        return value === null ? null : -asNumber(value);
      },
    };
  }

  #binary(node: Extract<FormulaNode, { kind: 'binary' }>): Compiled {
    const left = this.compile(node.left);
    const right = this.compile(node.right);
    const { operator } = node;
    switch (operator) {
      case '&&':
      case '||': {
        requireType(left, ['boolean'], operator, node.at);
        requireType(right, ['boolean'], operator, node.at);
        const stop = operator === '||';
        return {
          type: 'boolean',
          run: (frame) => ((left.run(frame) === true) === stop ? stop : right.run(frame) === true),
        };
      }
      case '&':
        return concat(left, right, node.at);
      case '=':
      case '<>':
      case '<':
      case '<=':
      case '>':
      case '>=': {
        for (const side of [left, right]) refusePicklist(side, node.at);
        requireComparable(left, right, operator, node.at);
        const blankIsUnknown =
          UNKNOWN_WHEN_BLANK.has(left.type) && UNKNOWN_WHEN_BLANK.has(right.type);
        return {
          type: 'boolean',
          run: (frame) => {
            const a = left.run(frame);
            const b = right.run(frame);
            // A blank number or date differs from nothing: the comparison is blank itself (practitioner: rules with <> do not fire then).
            if (operator === '<>' && blankIsUnknown && (a === null || b === null)) return false;
            return compareValues(operator, a, b);
          },
        };
      }
      case '+':
      case '-':
        return additive(operator, left, right, node.at);
      case '*':
      case '/':
      case '^':
        requireType(left, ['number'], operator, node.at);
        requireType(right, ['number'], operator, node.at);
        return {
          type: 'number',
          run: (frame) => arithmetic(operator, left.run(frame), right.run(frame)),
        };
      default:
        throw operator satisfies never;
    }
  }

  #name(parts: readonly string[], at: number): Compiled {
    const first = parts[0] ?? '';
    const word = first.toUpperCase();
    if (parts.length === 1 && (word === 'TRUE' || word === 'FALSE'))
      return constant('boolean', word === 'TRUE');
    if (parts.length === 1 && word === 'NULL') return constant('null', null);
    if (first.startsWith('$')) return this.#global(parts, at);
    return this.#field(parts, at);
  }

  #field(parts: readonly string[], at: number): Compiled {
    const { schema } = this.scope;
    let object = this.scope.object;
    const steps: PathStep[] = [];
    for (const part of parts.slice(0, -1)) {
      // `Owner:User.Name` says which of the lookup's targets is meant.
      const [relation = '', wanted] = part.split(':');
      const field = object?.parents.get(relation.toLowerCase());
      const names = field?.reference?.targets ?? [];
      const name =
        wanted === undefined
          ? names[0]
          : names.find((target) => target.toLowerCase() === wanted.toLowerCase());
      const target = name === undefined ? undefined : schema.object(name);
      if (field === undefined || target === undefined) throw missing(parts, at);
      steps.push({ name: field.reference?.relationshipName ?? relation, field, targets: [target] });
      object = target;
    }
    const name = parts.at(-1) ?? '';
    const field =
      object === null || object === undefined ? undefined : schema.field(object.name, name);
    if (object === null || object === undefined || field === undefined) throw missing(parts, at);
    if (steps.length > MAX_STEPS)
      throw new FormulaError('Too many relationships in the formula', at);
    return this.#reference({ steps, object, field });
  }

  #reference(reference: FormulaReference): Compiled {
    const key = [...reference.steps.map((step) => step.name), reference.field.name].join('.');
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = this.references.push(reference) - 1;
      this.#indexes.set(key, index);
    }
    const slot = index;
    const { field } = reference;
    const zero = this.scope.blankAsZero && typeOf(field.displayType) === 'number';
    return {
      type: typeOf(field.displayType),
      reference: slot,
      run: (frame) => {
        const value = toFormulaValue(frame.value(slot), field);
        return value === null && zero ? 0 : value;
      },
    };
  }

  #global(parts: readonly string[], at: number): Compiled {
    const [root = '', ...rest] = parts;
    const text = parts.join('.');
    switch (root.toLowerCase()) {
      case '$user':
      case '$profile':
      case '$userrole':
      case '$organization': {
        const object =
          {
            $user: 'User',
            $profile: 'Profile',
            $userrole: 'UserRole',
            $organization: 'Organization',
          }[root.toLowerCase()] ?? '';
        const field = this.scope.schema.field(object, rest[0] ?? '');
        if (field === undefined || rest.length !== 1) throw missing(parts, at);
        return {
          type: typeOf(field.displayType),
          run: (frame) => toFormulaValue(frame.env.global(object, field.name), field),
        };
      }
      case '$label': {
        const { schema } = this.scope;
        const label = rest.at(-1) ?? '';
        const text = schema.labels.get(label.toLowerCase());
        if (text === undefined) throw missing(parts, at);
        return {
          type: 'text',
          run: ({ env }) =>
            schema.label(label, String(env.global('User', 'LanguageLocaleKey'))) ?? text,
        };
      }
      case '$permission': {
        const name = rest[0] ?? '';
        return { type: 'boolean', run: (frame) => frame.env.permission(name) };
      }
      case '$custommetadata': {
        const [type = '', record = '', fieldName = ''] = rest;
        const field = this.scope.schema.field(type, fieldName);
        if (field === undefined || rest.length !== 3) throw missing(parts, at);
        return {
          type: typeOf(field.displayType),
          run: (frame) => toFormulaValue(frame.env.customMetadata(type, record, field.name), field),
        };
      }
      case '$api': {
        // Documented: Global Variables, $Api: the SOAP address of a version; formulas have no session of the browser's.
        const match = /^(Partner|Enterprise)_Server_URL_(\d+)$/i.exec(rest[0] ?? '');
        if (match === null || rest.length !== 1) {
          if (rest[0]?.toLowerCase() === 'session_id') return constant('text', '');
          throw missing(parts, at);
        }
        const letter = match[1]?.toLowerCase() === 'partner' ? 'u' : 'c';
        const version = `${match[2]?.slice(0, -1) ?? ''}.0`;
        return {
          type: 'text',
          run: (frame) =>
            `https://local-org.my.salesforce.com/services/Soap/${letter}/${version}/${textOf(frame.env.global('Organization', 'Id'))}`,
        };
      }
      case '$setup': {
        const [object = '', fieldName = ''] = rest;
        const field = this.scope.schema.field(object, fieldName);
        if (field === undefined || rest.length !== 2) throw missing(parts, at);
        return {
          type: typeOf(field.displayType),
          run: (frame) => toFormulaValue(frame.env.setup(object, field.name), field),
        };
      }
      case '$recordtype': {
        return this.#field(['RecordType', ...rest], at);
      }
      case '$system':
        if (text.toLowerCase() === '$system.origindatetime')
          return constant('datetime', Date.UTC(1900, 0, 1));
        break;
      default:
        break;
    }
    throw new FormulaError(text, at, true);
  }
}

function missing(parts: readonly string[], at: number): FormulaError {
  return new FormulaError(`Field ${parts.join('.')} does not exist. Check spelling.`, at);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A compiled constant. */
export function constant(type: FormulaType, value: FormulaValue): Compiled {
  return { type, run: () => value };
}

/** Formula type of a field. */
export function typeOf(type: DisplayType): FormulaType {
  switch (type) {
    case 'boolean':
    case 'date':
    case 'datetime':
    case 'time':
    case 'picklist':
    case 'multipicklist':
      return type;
    case 'int':
    case 'long':
    case 'double':
    case 'currency':
    case 'percent':
      return 'number';
    default:
      return 'text';
  }
}

/** Stored value → formula value. A percentage counts as its fraction (documented: 50% is 0.5 in a formula). */
export function toFormulaValue(given: unknown, field: FieldInfo): FormulaValue {
  const value = encodeAny(given);
  if (field.displayType === 'boolean') return value === 1 || value === 1n;
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'bigint') return Number(value);
  if (field.displayType === 'percent') return round(Number(value) / 100);
  return typeof value === 'number' || typeof value === 'string' ? value : null;
}

const NAMES: Readonly<Record<FormulaType, string>> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Boolean',
  date: 'Date',
  datetime: 'DateTime',
  time: 'Time',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
  null: 'Null',
};

/** Refuses an operand of another type in the platform's words. */
export function requireType(
  value: Compiled,
  types: readonly FormulaType[],
  name: string,
  at: number,
): void {
  if (value.type === 'null' || types.includes(value.type)) return;
  refusePicklist(value, at);
  const wanted = types.map((type) => NAMES[type]).join(', ');
  const what = /^[A-Z]/.test(name) ? `function '${name}()'` : `operator '${name}'`;
  throw new FormulaError(
    `Incorrect parameter type for ${what}. Expected ${wanted}, received ${NAMES[value.type]}`,
    at,
  );
}

function refusePicklist(value: Compiled, at: number): void {
  if (value.type !== 'picklist' && value.type !== 'multipicklist') return;
  throw new FormulaError(
    'The field is a picklist field. Picklist fields are only supported in certain functions.',
    at,
  );
}

function requireComparable(left: Compiled, right: Compiled, operator: string, at: number): void {
  if (left.type === 'null' || right.type === 'null' || left.type === right.type) return;
  throw new FormulaError(
    `Incorrect parameter type for operator '${operator}'. Expected ${NAMES[left.type]}, received ${NAMES[right.type]}`,
    at,
  );
}

function concat(left: Compiled, right: Compiled, at: number): Compiled {
  requireType(left, ['text'], '&', at);
  requireType(right, ['text'], '&', at);
  return {
    type: 'text',
    run: (frame) => {
      const text = `${String(left.run(frame) ?? '')}${String(right.run(frame) ?? '')}`;
      return text === '' ? null : text;
    },
  };
}

function additive(operator: '+' | '-', left: Compiled, right: Compiled, at: number): Compiled {
  if (operator === '+' && (left.type === 'text' || right.type === 'text'))
    return concat(left, right, at);
  const day = 86_400_000;
  const numbers = (type: FormulaType, combine: (a: number, b: number) => number): Compiled => ({
    type,
    run: (frame) => {
      const a = left.run(frame);
      const b = right.run(frame);
      return a === null || b === null ? null : combine(asNumber(a), asNumber(b));
    },
  });
  const sign = operator === '+' ? 1 : -1;
  const pair = `${left.type},${right.type}`;
  switch (pair) {
    case 'date,number':
      return numbers('date', (a, b) => a + sign * Math.trunc(b));
    case 'datetime,number':
      return numbers('datetime', (a, b) => Math.round(a + sign * b * day));
    case 'time,number':
      return numbers('time', (a, b) => (((a + sign * b) % day) + day) % day);
    case 'number,date':
      if (operator === '+') return numbers('date', (a, b) => Math.trunc(a) + b);
      break;
    case 'date,date':
    case 'time,time':
      if (operator === '-') return numbers('number', (a, b) => a - b);
      break;
    case 'datetime,datetime':
      if (operator === '-') return numbers('number', (a, b) => round((a - b) / day));
      break;
    default:
      break;
  }
  requireType(left, ['number'], operator, at);
  requireType(right, ['number'], operator, at);
  return numbers('number', (a, b) => round(a + sign * b));
}

function arithmetic(
  operator: '*' | '/' | '^',
  left: FormulaValue,
  right: FormulaValue,
): FormulaValue {
  if (left === null || right === null) return null;
  const a = asNumber(left);
  const b = asNumber(right);
  if (operator === '*') return round(a * b);
  if (operator === '^') return round(a ** b);
  // The platform shows #Error! for a division by zero and SOQL answers null.
  return b === 0 ? null : round(a / b);
}

/** Whether a compiled value reads as blank. */
export function blank(value: FormulaValue): boolean {
  return isBlank(value);
}
