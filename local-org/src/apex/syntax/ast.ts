/**
 * The compact Apex syntax tree: plain JSON (no classes, no cycles, no parents), so that it can be cached on disk by content hash.
 * It says what was written; what it means (types, symbols, conversions) is in `../check/bound-tree.ts`.
 * Names keep the case of the source; comparing them is the checker's business.
 */

/**
 * Start of a node in its file; line and column start at 1. Declarations carry the position of their *name* (where the platform
 * reports problems of the declaration), everything else the position of its first token.
 */
export interface Node {
  readonly line: number;
  readonly col: number;
}

// ---------------------------------------------------------------- types and declarations

/** `Map<Id, List<Account>>`, `Schema.SObjectType`, `String[]`. */
export interface TypeRef extends Node {
  /** Dotted parts; type arguments only where written. */
  readonly names: readonly { readonly name: string; readonly args: readonly TypeRef[] }[];
  /** Number of trailing `[]`. */
  readonly arrayDepth: number;
}

export type Modifier =
  | 'public'
  | 'private'
  | 'protected'
  | 'global'
  | 'static'
  | 'final'
  | 'abstract'
  | 'virtual'
  | 'override'
  | 'transient'
  | 'testmethod'
  | 'webservice'
  | 'with sharing'
  | 'without sharing'
  | 'inherited sharing';

export interface Annotation extends Node {
  /** Without the `@`, as written. */
  readonly name: string;
  /** `@AuraEnabled(cacheable=true)` → {cacheable: true}; `@SuppressWarnings('x')` → {value: 'x'}. Keys in lower case. */
  readonly values: Readonly<Record<string, string | boolean | number>>;
}

interface Declaration extends Node {
  readonly name: string;
  readonly modifiers: readonly Modifier[];
  readonly annotations: readonly Annotation[];
  /** Last line of the declaration. */
  readonly endLine: number;
}

export type TypeDeclaration = ClassDeclaration | InterfaceDeclaration | EnumDeclaration;

export interface ClassDeclaration extends Declaration {
  readonly kind: 'class';
  /** User classes have none on Salesforce; kept so that it can be refused in the platform's words. */
  readonly typeParams: readonly string[];
  readonly superType: TypeRef | null;
  readonly interfaces: readonly TypeRef[];
  readonly members: readonly Member[];
}

export interface InterfaceDeclaration extends Declaration {
  readonly kind: 'interface';
  readonly typeParams: readonly string[];
  readonly superTypes: readonly TypeRef[];
  readonly methods: readonly MethodDeclaration[];
}

export interface EnumDeclaration extends Declaration {
  readonly kind: 'enum';
  readonly values: readonly (Node & { readonly name: string })[];
}

export type TriggerEvent =
  | 'before insert'
  | 'before update'
  | 'before delete'
  | 'after insert'
  | 'after update'
  | 'after delete'
  | 'after undelete';

export interface TriggerDeclaration extends Node {
  readonly kind: 'trigger';
  readonly name: string;
  readonly object: string;
  readonly events: readonly TriggerEvent[];
  readonly annotations: readonly Annotation[];
  readonly body: readonly Statement[];
  /** Methods and variables may be declared inside a trigger body. */
  readonly members: readonly Member[];
  readonly endLine: number;
}

/** Anonymous Apex: statements with methods and classes among them. */
export interface AnonymousBlock extends Node {
  readonly kind: 'anonymous';
  readonly members: readonly Member[];
  readonly body: readonly Statement[];
}

export type Member =
  | FieldDeclaration
  | PropertyDeclaration
  | MethodDeclaration
  | ConstructorDeclaration
  | InitializerBlock
  | TypeDeclaration;

/** One declared variable; `Integer a, b = 2;` becomes two. */
export interface FieldDeclaration extends Declaration {
  readonly kind: 'field';
  readonly type: TypeRef;
  readonly init: Expression | null;
}

export interface PropertyDeclaration extends Declaration {
  readonly kind: 'property';
  readonly type: TypeRef;
  readonly getter: Accessor | null;
  readonly setter: Accessor | null;
}

export interface Accessor extends Node {
  readonly modifiers: readonly Modifier[];
  /** Null for `get;`. */
  readonly body: Block | null;
}

export interface Parameter extends Node {
  readonly name: string;
  readonly type: TypeRef;
  readonly modifiers: readonly Modifier[];
}

export interface MethodDeclaration extends Declaration {
  readonly kind: 'method';
  /** Null for void. */
  readonly returns: TypeRef | null;
  readonly params: readonly Parameter[];
  /** Null for abstract and interface methods. */
  readonly body: Block | null;
}

export interface ConstructorDeclaration extends Declaration {
  readonly kind: 'constructor';
  readonly params: readonly Parameter[];
  readonly body: Block;
}

export interface InitializerBlock extends Node {
  readonly kind: 'initializer';
  readonly isStatic: boolean;
  readonly body: Block;
}

/** One source file: a class file holds one top-level type, a trigger file a trigger. */
export type CompilationUnit = TypeDeclaration | TriggerDeclaration | AnonymousBlock;

// ---------------------------------------------------------------- statements

export type Statement =
  | Block
  | LocalVariables
  | ExpressionStatement
  | IfStatement
  | WhileStatement
  | DoWhileStatement
  | ForStatement
  | ForEachStatement
  | ReturnStatement
  | ThrowStatement
  | BreakStatement
  | ContinueStatement
  | TryStatement
  | SwitchStatement
  | DmlStatement
  | RunAsStatement;

export interface Block extends Node {
  readonly kind: 'block';
  readonly body: readonly Statement[];
  readonly endLine: number;
}
export interface LocalVariables extends Node {
  readonly kind: 'locals';
  readonly type: TypeRef;
  readonly modifiers: readonly Modifier[];
  readonly variables: readonly (Node & {
    readonly name: string;
    readonly init: Expression | null;
  })[];
}
export interface ExpressionStatement extends Node {
  readonly kind: 'expr';
  readonly expr: Expression;
}
export interface IfStatement extends Node {
  readonly kind: 'if';
  readonly test: Expression;
  readonly then: Statement;
  readonly otherwise: Statement | null;
}
export interface WhileStatement extends Node {
  readonly kind: 'while';
  readonly test: Expression;
  /** Null for `while (x);`. */
  readonly body: Statement | null;
}
export interface DoWhileStatement extends Node {
  readonly kind: 'dowhile';
  readonly body: Statement;
  readonly test: Expression;
}
export interface ForStatement extends Node {
  readonly kind: 'for';
  readonly init: LocalVariables | readonly Expression[] | null;
  readonly test: Expression | null;
  readonly update: readonly Expression[];
  readonly body: Statement | null;
}
/** `for (Account a : expr)`; over a SOQL literal the checker makes it a SOQL for-loop (record or batch by the variable's type). */
export interface ForEachStatement extends Node {
  readonly kind: 'foreach';
  readonly type: TypeRef;
  readonly name: string;
  readonly iterable: Expression;
  readonly body: Statement | null;
}
export interface ReturnStatement extends Node {
  readonly kind: 'return';
  readonly value: Expression | null;
}
export interface ThrowStatement extends Node {
  readonly kind: 'throw';
  readonly value: Expression;
}
export interface BreakStatement extends Node {
  readonly kind: 'break';
}
export interface ContinueStatement extends Node {
  readonly kind: 'continue';
}
export interface TryStatement extends Node {
  readonly kind: 'try';
  readonly body: Block;
  readonly catches: readonly (Node & {
    readonly type: TypeRef;
    readonly name: string;
    readonly body: Block;
  })[];
  readonly finallyBody: Block | null;
}
export interface SwitchStatement extends Node {
  readonly kind: 'switch';
  readonly value: Expression;
  readonly cases: readonly SwitchCase[];
  readonly otherwise: Block | null;
}
export interface SwitchCase extends Node {
  /** Values (literals, enum names as `name` expressions), or a type with a variable. */
  readonly when: readonly Expression[] | { readonly type: TypeRef; readonly name: string };
  readonly body: Block;
}
export interface DmlStatement extends Node {
  readonly kind: 'dml';
  readonly op: 'insert' | 'update' | 'upsert' | 'delete' | 'undelete' | 'merge';
  readonly access: 'user' | 'system' | null;
  readonly target: Expression;
  /** `upsert x Ext_Id__c` (a name expression or path) or `merge master duplicate`. */
  readonly argument: Expression | null;
}
export interface RunAsStatement extends Node {
  readonly kind: 'runas';
  readonly args: readonly Expression[];
  readonly body: Block;
}

// ---------------------------------------------------------------- expressions

export type Expression =
  | LiteralExpression
  | NameExpression
  | ThisExpression
  | SuperExpression
  | FieldAccess
  | CallExpression
  | NewExpression
  | IndexExpression
  | UnaryExpression
  | PostfixExpression
  | BinaryExpression
  | AssignExpression
  | TernaryExpression
  | CastExpression
  | InstanceOfExpression
  | SoqlExpression
  | SoslExpression
  | ClassLiteral;

export interface LiteralExpression extends Node {
  readonly kind: 'literal';
  readonly type: 'integer' | 'long' | 'decimal' | 'double' | 'string' | 'boolean' | 'null';
  /** As it stands in the source, suffix included; strings unescaped and unquoted. */
  readonly text: string;
}
export interface NameExpression extends Node {
  readonly kind: 'name';
  readonly name: string;
}
export interface ThisExpression extends Node {
  readonly kind: 'this';
}
/** Only as the object of a call: `super.save()`. */
export interface SuperExpression extends Node {
  readonly kind: 'super';
}
/** `a.b`, `a?.b`; also namespaces, types and static members: the checker decides. */
export interface FieldAccess extends Node {
  readonly kind: 'field';
  readonly object: Expression;
  readonly name: string;
  readonly safe: boolean;
  /** Where `name` stands: the platform reports unknown members there. */
  readonly nameLine: number;
  readonly nameCol: number;
}
/** `f(x)` (object null), `a.f(x)`, `a?.f(x)`; `this(…)` and `super(…)` have the names 'this' and 'super' and object null. */
export interface CallExpression extends Node {
  readonly kind: 'call';
  readonly object: Expression | null;
  readonly name: string;
  readonly args: readonly Expression[];
  readonly safe: boolean;
  /** Where `name` stands: the platform reports unknown methods there. */
  readonly nameLine: number;
  readonly nameCol: number;
}
export interface NewExpression extends Node {
  readonly kind: 'new';
  readonly type: TypeRef;
  readonly init:
    /** `new Foo(a, b)`; for sObjects the arguments are assign expressions `Name = 'x'`. */
    | { readonly kind: 'args'; readonly args: readonly Expression[] }
    /** `new List<X>{…}`, `new X[]{…}`, `new Set<X>{…}`. */
    | { readonly kind: 'elements'; readonly elements: readonly Expression[] }
    /** `new Map<K, V>{k => v}`. */
    | {
        readonly kind: 'pairs';
        readonly pairs: readonly { readonly key: Expression; readonly value: Expression }[];
      }
    /** `new X[n]`; `type` then has its arrayDepth counted. */
    | { readonly kind: 'size'; readonly size: Expression };
}
export interface IndexExpression extends Node {
  readonly kind: 'index';
  readonly object: Expression;
  readonly index: Expression;
}
export interface UnaryExpression extends Node {
  readonly kind: 'unary';
  readonly op: '+' | '-' | '!' | '~' | '++' | '--';
  readonly operand: Expression;
}
export interface PostfixExpression extends Node {
  readonly kind: 'postfix';
  readonly op: '++' | '--';
  readonly operand: Expression;
}
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '<<'
  | '>>'
  | '>>>'
  | '&'
  | '|'
  | '^'
  | '&&'
  | '||'
  | '??'
  | '<'
  | '>'
  | '<='
  | '>='
  | '=='
  | '!='
  | '<>'
  | '==='
  | '!==';
export interface BinaryExpression extends Node {
  readonly kind: 'binary';
  readonly op: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
export interface AssignExpression extends Node {
  readonly kind: 'assign';
  readonly op: '=' | '+=' | '-=' | '*=' | '/=' | '&=' | '|=' | '^=' | '<<=' | '>>=' | '>>>=';
  readonly target: Expression;
  readonly value: Expression;
}
export interface TernaryExpression extends Node {
  readonly kind: 'ternary';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
export interface CastExpression extends Node {
  readonly kind: 'cast';
  readonly type: TypeRef;
  readonly value: Expression;
}
export interface InstanceOfExpression extends Node {
  readonly kind: 'instanceof';
  readonly value: Expression;
  readonly type: TypeRef;
}
/** `[SELECT …]`: the text between the brackets, parsed by `src/soql`. */
export interface SoqlExpression extends Node {
  readonly kind: 'soql';
  readonly text: string;
  /** Position in the file of the first character of `text`. */
  readonly textLine: number;
  readonly textCol: number;
  readonly binds: readonly QueryBind[];
}
export interface SoslExpression extends Node {
  readonly kind: 'sosl';
  readonly text: string;
  readonly textLine: number;
  readonly textCol: number;
  readonly binds: readonly QueryBind[];
}
/** `:expr` inside a query: `start` is the offset of the colon in `text`, `end` the offset after the expression. */
export interface QueryBind {
  readonly start: number;
  readonly end: number;
  readonly expr: Expression;
}
/** `Foo.class`, `List<String>.class`. */
export interface ClassLiteral extends Node {
  readonly kind: 'classliteral';
  readonly type: TypeRef;
}
