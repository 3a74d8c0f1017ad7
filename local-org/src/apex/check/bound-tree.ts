import type { FieldSymbol, MethodSymbol, TypeSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import type { CheckedQuery, CheckedSearch } from '../../soql/contract.ts';

/**
 * The typed tree: what the checker hands to the emitter. Every name is resolved, every overload chosen, every implicit conversion
 * written out as a `convert` node, every operator carries the kind of its operands. The emitter never looks anything up.
 */
interface Bound {
  readonly line: number;
  readonly col: number;
}

// ---------------------------------------------------------------- units

/** One file ready to emit: its types in an order where outer stands before inner. */
export interface BoundUnit {
  readonly file: string;
  readonly types: readonly BoundType[];
  /** Triggers and anonymous blocks. */
  readonly script: BoundScript | null;
}

export interface BoundType {
  readonly symbol: TypeSymbol;
  /** Field and property initialisers and initialiser blocks in source order. */
  readonly staticInit: readonly BoundInit[];
  readonly instanceInit: readonly BoundInit[];
  readonly methods: readonly BoundMethod[];
  readonly constructors: readonly BoundConstructor[];
  readonly accessors: readonly BoundAccessor[];
}

export type BoundInit =
  | { readonly kind: 'field'; readonly field: FieldSymbol; readonly value: BoundExpression }
  | { readonly kind: 'block'; readonly body: BoundBlock };

export interface BoundMethod {
  readonly symbol: MethodSymbol;
  readonly params: readonly BoundLocal[];
  /** Null when abstract. */
  readonly body: BoundBlock | null;
}
export interface BoundConstructor {
  readonly symbol: MethodSymbol;
  readonly params: readonly BoundLocal[];
  /** Explicit `this(…)` or `super(…)`, else the implicit super call (null when there is no user or library superclass). */
  readonly chain: BoundConstructorChain | null;
  readonly body: BoundBlock;
}
export interface BoundConstructorChain extends Bound {
  readonly target: 'this' | 'super';
  readonly constructor: ConstructorRef;
  readonly args: readonly BoundExpression[];
}
export type ConstructorRef =
  | { readonly kind: 'user'; readonly symbol: MethodSymbol }
  /** A class without declared constructors. */
  | { readonly kind: 'default'; readonly owner: TypeSymbol }
  | LibraryMemberRef;
export interface BoundAccessor {
  readonly field: FieldSymbol;
  readonly which: 'get' | 'set';
  /** The implicit parameter of a setter. */
  readonly value: BoundLocal | null;
  readonly body: BoundBlock;
}

export interface BoundScript {
  readonly symbol: TypeSymbol;
  /** Trigger object, null for anonymous Apex. */
  readonly object: string | null;
  readonly events: readonly string[];
  readonly body: BoundBlock;
}

/** A variable; `id` is unique inside its method, so that shadowing needs no care. */
export interface BoundLocal {
  readonly id: number;
  readonly name: string;
  readonly type: ApexType;
}

// ---------------------------------------------------------------- statements

export type BoundStatement =
  | BoundBlock
  | (Bound & {
      readonly kind: 'local';
      readonly local: BoundLocal;
      readonly init: BoundExpression | null;
    })
  | (Bound & { readonly kind: 'expr'; readonly expr: BoundExpression })
  | (Bound & {
      readonly kind: 'if';
      readonly test: BoundExpression;
      readonly then: BoundStatement;
      readonly otherwise: BoundStatement | null;
    })
  | (Bound & {
      readonly kind: 'while';
      readonly test: BoundExpression;
      readonly body: BoundStatement | null;
    })
  | (Bound & {
      readonly kind: 'dowhile';
      readonly body: BoundStatement;
      readonly test: BoundExpression;
    })
  | (Bound & {
      readonly kind: 'for';
      readonly init: readonly BoundStatement[];
      readonly test: BoundExpression | null;
      readonly update: readonly BoundExpression[];
      readonly body: BoundStatement | null;
    })
  /** Over a list, a set or an `Iterable`; `convert` (if any) reads the placeholder `element`. */
  | (Bound & {
      readonly kind: 'foreach';
      readonly over: 'list' | 'set' | 'iterable';
      readonly local: BoundLocal;
      readonly iterable: BoundExpression;
      readonly elementType: ApexType;
      readonly body: BoundStatement | null;
    })
  /** `for (X x : [SELECT …])` record by record, or `for (List<X> xs : …)` in batches of 200. */
  | (Bound & {
      readonly kind: 'soqlfor';
      readonly batch: boolean;
      readonly local: BoundLocal;
      readonly query: BoundSoql;
      readonly body: BoundStatement | null;
    })
  | (Bound & { readonly kind: 'return'; readonly value: BoundExpression | null })
  | (Bound & { readonly kind: 'throw'; readonly value: BoundExpression })
  | (Bound & { readonly kind: 'break' })
  | (Bound & { readonly kind: 'continue' })
  | (Bound & {
      readonly kind: 'try';
      readonly body: BoundBlock;
      readonly catches: readonly BoundCatch[];
      readonly finallyBody: BoundBlock | null;
    })
  | BoundSwitch
  | (Bound & {
      readonly kind: 'dml';
      readonly op: 'insert' | 'update' | 'upsert' | 'delete' | 'undelete' | 'merge';
      /** From `as user` / `as system`; null: the default of the class's apiVersion (user from 67.0 on). */
      readonly access: 'user' | 'system' | null;
      /** A single sObject or a list of sObjects (`isList`). */
      readonly target: BoundExpression;
      readonly isList: boolean;
      /** upsert: API name of the external id field. */
      readonly externalId: string | null;
      /** merge: the duplicate record(s). */
      readonly argument: BoundExpression | null;
    })
  | (Bound & { readonly kind: 'runas'; readonly user: BoundExpression; readonly body: BoundBlock });

export interface BoundBlock extends Bound {
  readonly kind: 'block';
  readonly body: readonly BoundStatement[];
}
export interface BoundCatch extends Bound {
  readonly type: ApexType;
  readonly local: BoundLocal;
  readonly body: BoundBlock;
}
export interface BoundSwitch extends Bound {
  readonly kind: 'switch';
  readonly value: BoundExpression;
  readonly cases: readonly {
    readonly line: number;
    /** Constants (literals, enum constants, null); the value is compared with `==` semantics except that strings compare case-sensitively (documented). */
    readonly when:
      readonly BoundExpression[] | { readonly type: ApexType; readonly local: BoundLocal };
    readonly body: BoundBlock;
  }[];
  readonly otherwise: BoundBlock | null;
}

// ---------------------------------------------------------------- expressions

/** A member of the platform library, by qualified type name and signature key (see `apex/library/contract.ts`). */
export interface LibraryMemberRef {
  readonly kind: 'library';
  readonly type: string;
  readonly signature: string;
}

interface Typed extends Bound {
  readonly type: ApexType;
}

export type BoundExpression =
  /** Value in its run-time form: Integer → number, Long → decimal text, Decimal → its text, Double → number, String, boolean, null. */
  | (Typed & { readonly kind: 'literal'; readonly value: string | number | boolean | null })
  | (Typed & { readonly kind: 'localref'; readonly local: BoundLocal })
  | (Typed & { readonly kind: 'this' })
  /** User fields and properties; `viaAccessor` false inside the property's own accessor (its backing field). */
  | (Typed & {
      readonly kind: 'staticfield';
      readonly field: FieldSymbol;
      readonly viaAccessor: boolean;
    })
  | (Typed & {
      readonly kind: 'instancefield';
      readonly object: BoundExpression;
      readonly field: FieldSymbol;
      readonly viaAccessor: boolean;
      readonly isSuper: boolean;
    })
  | (Typed & { readonly kind: 'enumconstant'; readonly symbol: TypeSymbol; readonly name: string })
  /** Constants and properties of library types: `Trigger.new`, `RestContext.request`, `Quiddity.BATCH_APEX`; key is the member's name. */
  | (Typed & { readonly kind: 'librarystatic'; readonly member: LibraryMemberRef })
  | (Typed & {
      readonly kind: 'libraryfield';
      readonly object: BoundExpression;
      readonly member: LibraryMemberRef;
    })
  /** `account.Name`, `contact.Account` (parent: an SObject), `account.Contacts` (children: a list). */
  | (Typed & {
      readonly kind: 'sobjectfield';
      readonly object: BoundExpression;
      readonly name: string;
      readonly role: 'field' | 'parent' | 'children';
    })
  /** `Account.SObjectType`, `Schema.SObjectType.Account` (describe when `describe`). */
  | (Typed & { readonly kind: 'sobjecttype'; readonly object: string; readonly describe: boolean })
  /** `Account.Name` as a token; `describe` for `Schema.SObjectType.Account.fields.Name`. */
  | (Typed & {
      readonly kind: 'fieldtoken';
      readonly object: string;
      readonly field: string;
      readonly describe: boolean;
    })
  /** `Schema.SObjectType.Account.fieldSets.X`: the named field set. */
  | (Typed & { readonly kind: 'fieldset'; readonly object: string; readonly name: string })
  /** `System.Label.X`, `Label.ns.X`: resolved name. */
  | (Typed & { readonly kind: 'label'; readonly name: string })
  | (Typed & {
      readonly kind: 'index';
      readonly list: BoundExpression;
      readonly index: BoundExpression;
    })
  | BoundCall
  | (Typed & {
      readonly kind: 'newuser';
      readonly constructor: ConstructorRef;
      readonly args: readonly BoundExpression[];
    })
  | (Typed & {
      readonly kind: 'newlibrary';
      readonly constructor: LibraryMemberRef;
      readonly args: readonly BoundExpression[];
    })
  | (Typed & {
      readonly kind: 'newsobject';
      readonly fields: readonly {
        readonly name: string;
        readonly role: 'field' | 'parent';
        readonly value: BoundExpression;
      }[];
    })
  /** `elements`/`pairs` literals, `copy` of a collection, `size` for `new X[n]`, all null for an empty collection. */
  | (Typed & {
      readonly kind: 'newcollection';
      readonly elements: readonly BoundExpression[] | null;
      readonly pairs: readonly (readonly [BoundExpression, BoundExpression])[] | null;
      readonly copy: BoundExpression | null;
      readonly size: BoundExpression | null;
    })
  | (Typed & { readonly kind: 'not'; readonly operand: BoundExpression })
  | (Typed & {
      readonly kind: 'negate';
      readonly on: NumericKind;
      readonly operand: BoundExpression;
    })
  | (Typed & {
      readonly kind: 'bitnot';
      readonly on: 'Integer' | 'Long';
      readonly operand: BoundExpression;
    })
  | (Typed & {
      readonly kind: 'arithmetic';
      readonly op: '+' | '-' | '*' | '/';
      readonly on: NumericKind;
      readonly left: BoundExpression;
      readonly right: BoundExpression;
    })
  /** Date + Integer (days), Datetime + days as Integer/Decimal, Time + …: `on` is the left type's name. */
  | (Typed & {
      readonly kind: 'datearithmetic';
      readonly op: '+' | '-';
      readonly on: 'Date' | 'Datetime' | 'Time';
      readonly left: BoundExpression;
      readonly right: BoundExpression;
    })
  /** Both sides already converted to String (null prints as 'null'). */
  | (Typed & {
      readonly kind: 'concat';
      readonly left: BoundExpression;
      readonly right: BoundExpression;
    })
  /** Boolean operands: non-short-circuit logic. */
  | (Typed & {
      readonly kind: 'bitwise';
      readonly op: '&' | '|' | '^' | '<<' | '>>' | '>>>';
      readonly on: 'Integer' | 'Long' | 'Boolean';
      readonly left: BoundExpression;
      readonly right: BoundExpression;
    })
  | (Typed & {
      readonly kind: 'logical';
      readonly op: '&&' | '||';
      readonly left: BoundExpression;
      readonly right: BoundExpression;
    })
  /** `<` and friends; null operands behave as Salesforce does (see the runtime). */
  | (Typed & {
      readonly kind: 'compare';
      readonly op: '<' | '>' | '<=' | '>=';
      readonly on: CompareKind;
      readonly left: BoundExpression;
      readonly right: BoundExpression;
    })
  /** `==` `!=` by value of kind `on`; `===` `!==` by reference ('reference'; primitives still by value). */
  | (Typed & {
      readonly kind: 'equals';
      readonly negated: boolean;
      readonly on: CompareKind | 'Boolean' | 'Object' | 'reference';
      readonly left: BoundExpression;
      readonly right: BoundExpression;
    })
  | (Typed & {
      readonly kind: 'ternary';
      readonly test: BoundExpression;
      readonly then: BoundExpression;
      readonly otherwise: BoundExpression;
    })
  | (Typed & {
      readonly kind: 'coalesce';
      readonly left: BoundExpression;
      readonly right: BoundExpression;
    })
  /** `object?.access`: evaluate `object` into `local`; null → null, else `access` (which reads `local`). */
  | (Typed & {
      readonly kind: 'safe';
      readonly object: BoundExpression;
      readonly local: BoundLocal;
      readonly access: BoundExpression;
    })
  /** Value is already of the target's type. */
  | (Typed & {
      readonly kind: 'assign';
      readonly target: BoundTarget;
      readonly value: BoundExpression;
    })
  /** `a += b`: read `target` once, compute `value` (which reads `current`), store, yield. */
  | (Typed & {
      readonly kind: 'compound';
      readonly target: BoundTarget;
      readonly current: BoundLocal;
      readonly value: BoundExpression;
    })
  /** `++`/`--`. */
  | (Typed & {
      readonly kind: 'increment';
      readonly target: BoundTarget;
      readonly by: 1 | -1;
      readonly prefix: boolean;
      readonly on: NumericKind;
    })
  | (Typed & {
      readonly kind: 'convert';
      readonly conversion: Conversion;
      readonly value: BoundExpression;
    })
  /** Checked at run time against `type`; failure is System.TypeException "Invalid conversion from runtime type X to Y". */
  | (Typed & { readonly kind: 'cast'; readonly value: BoundExpression })
  | (Typed & {
      readonly kind: 'instanceof';
      readonly value: BoundExpression;
      readonly test: ApexType;
    })
  | BoundSoql
  | (Typed & {
      readonly kind: 'sosl';
      readonly search: CheckedSearch;
      readonly binds: readonly BoundExpression[];
    })
  | (Typed & { readonly kind: 'classliteral'; readonly of: ApexType })
  /** Typing escaped: member look-up happens at run time. Counted; none in our own classes. */
  | (Typed & {
      readonly kind: 'dynamic';
      readonly op: 'get' | 'call';
      readonly object: BoundExpression | null;
      readonly name: string;
      readonly args: readonly BoundExpression[];
    });

export type BoundTarget = Extract<
  BoundExpression,
  {
    kind:
      | 'localref'
      | 'staticfield'
      | 'instancefield'
      | 'librarystatic'
      | 'libraryfield'
      | 'sobjectfield'
      | 'index';
  }
>;

/**
 * A call of an `@future` method is an ordinary `callstatic`: the emitter turns it into `services.async.enqueueFuture` (see
 * `execution/contract.ts`). `System.runAs` blocks go through `services.test.runAs`.
 */
export type BoundCall =
  | (Typed & {
      readonly kind: 'callstatic';
      readonly method: MethodSymbol;
      readonly args: readonly BoundExpression[];
    })
  /** `isSuper`: non-virtual call of the superclass's implementation. */
  | (Typed & {
      readonly kind: 'callinstance';
      readonly object: BoundExpression;
      readonly method: MethodSymbol;
      readonly args: readonly BoundExpression[];
      readonly isSuper: boolean;
    })
  | (Typed & {
      readonly kind: 'calllibrarystatic';
      readonly member: LibraryMemberRef;
      readonly args: readonly BoundExpression[];
    })
  /**
   * Also collections ('List', 'Set', 'Map'), primitives ('String' …), 'SObject', 'Exception' and `super.` into library bases.
   * Static methods that depend on a type of the project have that type as receiver: 'CustomSetting' and 'CustomMetadata'
   * (`Foo__c.getInstance()`) the object's token (a `sobjecttype` node), 'Enum' (`Color.values()`, `valueOf(String)`) the class
   * literal. `addError` on a field has the `sobjectfield` node as receiver.
   */
  | (Typed & {
      readonly kind: 'calllibrary';
      readonly object: BoundExpression;
      readonly member: LibraryMemberRef;
      readonly args: readonly BoundExpression[];
      readonly isSuper: boolean;
    });

export interface BoundSoql extends Typed {
  readonly kind: 'soql';
  readonly query: CheckedQuery;
  /** In the order of the query's bind slots. */
  readonly binds: readonly BoundExpression[];
  /**
   * What the context wants: all rows, exactly one row (0: System.QueryException "List has no rows for assignment to SObject"), at most one
   * (left of `?.` and `??`: null without rows), or COUNT().
   */
  readonly result: 'list' | 'one' | 'oneOrNull' | 'count';
}

export type NumericKind = 'Integer' | 'Long' | 'Double' | 'Decimal';
export type CompareKind = NumericKind | 'String' | 'Id' | 'Date' | 'Datetime' | 'Time' | 'Blob';

export type Conversion =
  | 'Integer→Long'
  | 'Integer→Double'
  | 'Integer→Decimal'
  | 'Long→Double'
  | 'Long→Decimal'
  | 'Double→Decimal'
  | 'Decimal→Double'
  /** Explicit casts only. */
  | 'Long→Integer'
  | 'Double→Integer'
  | 'Double→Long'
  | 'Decimal→Integer'
  | 'Decimal→Long'
  /** Validates and makes 18 characters; System.StringException "Invalid id: x". */
  | 'String→Id'
  | 'Id→String'
  | 'Date→Datetime'
  | 'Datetime→Date'
  /** Boxing: Double and Id get a box so that their type survives in an `Object`; everything else is already self-describing. */
  | 'Double→Object'
  | 'Id→Object'
  /** The only row of a dynamic query (`Account a = Database.query(…)`): like a query with `result: 'one'`. */
  | 'List→SObject'
  /** For string concatenation: any static type to its `String.valueOf` form, null to 'null'. */
  | 'any→String';
