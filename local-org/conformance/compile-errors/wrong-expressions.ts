import type { WrongProgram } from './wrong-program.ts';

/** Statements with a wrong expression, with what the platform says about them. */
export const WRONG_EXPRESSIONS: readonly WrongProgram[] = [
  // names
  ['x = 1;', '1:1 Variable does not exist: x'],
  ['Integer a = b;', '1:13 Variable does not exist: b'],
  ['Integer a; Integer A;', '1:20 Duplicate variable: A'],
  ['for (Integer i = 0; i < 2; i++) { Integer i; }', '1:43 Duplicate variable: i'],
  ['Nope n;', '1:1 Invalid type: Nope'],
  ['List<Nope> n;', '1:6 Invalid type: Nope'],
  ['Nope.doIt();', '1:1 Variable does not exist: Nope'],
  ['Account a = new Account(); String s = a.Nmae;', '1:41 Variable does not exist: Nmae'],
  ['Account a = new Account(Nmae = 1);', '1:25 Field does not exist: Nmae on Account'],
  ['Account a = new Account(Name = 1);', '1:25 Illegal assignment from Integer to String'],
  ["Account a = new Account(Name = 'x', name = 'y');", '1:37 Duplicate field initialization: name'],
  ['SObject o; Object n = o.Name;', '1:25 Variable does not exist: Name'],
  ['Schema.SObjectField f = Account.Nmae;', '1:33 Variable does not exist: Nmae'],
  ['String s = System.Label.Nope;', '1:25 External string does not exist: Nope'],
  // methods
  ['foo();', '1:1 Method does not exist or incorrect signature: void foo() from the type Host'],
  [
    "String s = 'a'.foo(1);",
    '1:16 Method does not exist or incorrect signature: void foo(Integer) from the type String',
  ],
  [
    "Math.abs('1');",
    '1:6 Method does not exist or incorrect signature: void abs(String) from the type Math',
  ],
  [
    'Date d = Date.today(); d.minusDays(1);',
    '1:26 Method does not exist or incorrect signature: void minusDays(Integer) from the type Date',
  ],
  [
    'List<Integer> l = new List<Integer>(); l.add(null, 1, 2);',
    '1:42 Method does not exist or incorrect signature: void add(NULL, Integer, Integer) from the type List<Integer>',
  ],
  [
    'String.length();',
    '1:8 Non static method cannot be referenced from a static context: Integer length()',
  ],
  [
    "String s = ''; s.valueOf(1);",
    '1:18 Static method cannot be referenced from a non static context: String valueOf(Integer)',
  ],
  ['Object o = new Host(1);', '1:12 Constructor not defined: [Host].<Constructor>(Integer)'],
  ['Object o = new Comparable();', '1:12 Type cannot be constructed: Comparable'],
  ['Object o = new SObject();', '1:12 Type cannot be constructed: SObject'],
  [
    "Object o = new Host(Name = 'x');",
    '1:12 Invalid constructor syntax, name=value pairs can only be used for SObjects: Host',
  ],
  [
    'System.enqueueJob(1);',
    '1:8 Method does not exist or incorrect signature: void enqueueJob(Integer) from the type System',
  ],
  [
    'Database.executeBatch(this);',
    '1:10 Method does not exist or incorrect signature: void executeBatch(Host) from the type Database',
  ],
  // assignment and conversion
  ["Integer i = 'a';", '1:9 Illegal assignment from String to Integer'],
  ['Integer i = 1L;', '1:9 Illegal assignment from Long to Integer'],
  ['Integer i = 1.5;', '1:9 Illegal assignment from Decimal to Integer'],
  ['Long l = 1.5;', '1:6 Illegal assignment from Decimal to Long'],
  ['Integer i = 1; i += 1.5;', '1:16 Illegal assignment from Decimal to Integer'],
  ['Date d = Datetime.now();', '1:6 Illegal assignment from Datetime to Date'],
  ['Object o = 1; String s = o;', '1:22 Illegal assignment from Object to String'],
  ['SObject o; Account a = o;', '1:20 Illegal assignment from SObject to Account'],
  ['Account a; Contact c = a;', '1:20 Illegal assignment from Account to Contact'],
  ['Set<String> s = new Set<Id>();', '1:13 Illegal assignment from Set<Id> to Set<String>'],
  [
    'List<String> s = new List<Object>();',
    '1:14 Illegal assignment from List<Object> to List<String>',
  ],
  [
    'Map<Id, Account> m = new Map<Id, Contact>();',
    '1:18 Illegal assignment from Map<Id,Contact> to Map<Id,Account>',
  ],
  ['Integer i = [SELECT Id FROM Account];', '1:9 Illegal assignment from List<Account> to Integer'],
  ['Contact c = [SELECT Id FROM Account];', '1:9 Illegal assignment from List<Account> to Contact'],
  ['1 = 2;', '1:1 Expression cannot be assigned'],
  ['run() = 2;', '1:1 Expression cannot be assigned'],
  ['String s = run();', '1:8 Illegal assignment from void to String'],
  [
    "Integer i = (Integer) 'a';",
    '1:13 Incompatible types since an instance of String is never an instance of Integer',
  ],
  [
    'Account a; Contact c = (Contact) a;',
    '1:24 Incompatible types since an instance of Account is never an instance of Contact',
  ],
  [
    'Host h = this; Object o = (Comparable) 1;',
    '1:27 Incompatible types since an instance of Integer is never an instance of Comparable',
  ],
  [
    'Account a; Boolean b = a instanceof Contact;',
    '1:24 Operation instanceof is always false since an instance of Account is never an instance of Contact',
  ],
  [
    'Boolean b = this instanceof Host;',
    '1:13 Operation instanceof is always true since an instance of Host is always an instance of Host',
  ],
  // operators
  ["Boolean b = 1 == 'a';", '1:13 Comparison arguments must be compatible types: Integer, String'],
  ["Boolean b = 1 < 'a';", '1:13 Comparison arguments must be compatible types: Integer, String'],
  ['Boolean b = true < false;', '1:13 Inequality operator not allowed for this type: Boolean'],
  [
    'Boolean b = 1 === 1;',
    '1:13 Exact equality operator only allowed for reference types: Integer',
  ],
  ['Integer i = true + 1;', '1:13 Arithmetic expressions must use numeric arguments'],
  ["Integer i = 'a' - 1;", '1:13 Arithmetic expressions must use numeric arguments'],
  ['Date d = Date.today() + 1.5;', '1:10 Date expressions must use Integer or Long'],
  ['Boolean b = 1 && true;', '1:13 Logical operator can only be applied to Boolean'],
  ['Boolean b = !1;', '1:13 ! operator can only be applied to boolean expressions'],
  ["Integer i = -'a';", '1:13 Unary negation must use a numeric argument'],
  ['Integer i = ~1.5;', '1:13 Invalid type for bitwise negate: Decimal'],
  [
    "String s = 'a'; s++;",
    '1:17 Unary postfix increment/decrement can only be applied to numeric expressions: String',
  ],
  [
    'Integer i = 1.5 & 1;',
    '1:13 & operator can only be applied to Boolean expressions or to Integer or Long expressions',
  ],
  ['Integer i = 1.5 << 1;', '1:13 << operation can only be applied to Integer or Long types'],
  ["Object o = true ? 1 : 'a';", '1:12 Incompatible types in ternary operator: Integer, String'],
  ["Object o = 1 ?? 'a';", '1:12 Incompatible types in null coalescing operator: Integer, String'],
  // collections
  [
    "List<Integer> l = new List<Integer>{ 'a' };",
    '1:38 Initial expression is of incorrect type, expected: Integer but was: String',
  ],
  [
    "Map<Integer, String> m = new Map<Integer, String>{ 'a' => 'b' };",
    '1:52 Invalid key type String for Map<Integer,String>',
  ],
  [
    'Map<Integer, String> m = new Map<Integer, String>{ 1 => 2 };',
    '1:57 Invalid value type Integer for Map<Integer,String>',
  ],
  [
    "List<Integer> l = new List<Integer>('a');",
    '1:19 Invalid initializer type String found for List<Integer>: expected an Integer or a List of type Integer',
  ],
  [
    "Set<Integer> l = new Set<Integer>('a');",
    '1:18 Invalid initializer type String found for Set<Integer>: expected a List or a Set of type: Integer',
  ],
  [
    'Map<Id, Account> m = new Map<Id, Account>(1);',
    '1:22 Invalid initializer type Integer found for Map<Id,Account>: expected a Map with the same key and value types, or a valid SObject List',
  ],
  ["Map<Id, Account> m; m['a'] = null;", '1:21 Expression must be a list type: Map<Id,Account>'],
  ["List<Integer> l; Integer i = l['a'];", '1:32 List index must be of type Integer: String'],
  ['String<Integer> s;', '1:1 Type arguments provided for a non-parameterized type: String'],
  ['Map<Integer> m;', '1:1 Invalid type argument count for Map: expected 2 but found 1'],
];
