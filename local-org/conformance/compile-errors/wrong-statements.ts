import type { WrongProgram } from './wrong-program.ts';

/** Wrong statements, with what the platform says about them. */
export const WRONG_STATEMENTS: readonly WrongProgram[] = [
  ['if (1) {}', '1:5 Condition expression must be of type Boolean: Integer'],
  ["while ('a') {}", '1:8 Condition expression must be of type Boolean: String'],
  ['break;', '1:1 Break statement must be in loop'],
  ['continue;', '1:1 Continue statement must be in loop'],
  ['return 1;', '1:1 Void method must not return a value'],
  ['return; run();', '1:9 Unreachable statement'],
  ["throw new TypeException('x'); run();", '1:31 Unreachable statement'],
  ['while (true) { break; run(); }', '1:23 Unreachable statement'],
  ['if (true) { return; } else { return; } run();', '1:40 Unreachable statement'],
  ["throw 'x';", '1:1 Throw expression must be of type exception: String'],
  [
    'try { run(); } catch (String s) {}',
    '1:23 Catch block variable must be of type exception: String',
  ],
  [
    'try { run(); } catch (DmlException e) {} catch (DmlException e) {}',
    '1:49 Exception type already caught: DmlException',
  ],
  ["insert 'a';", '1:1 DML requires SObject or SObject list type: String'],
  ['update new List<Integer>();', '1:1 DML requires SObject or SObject list type: List<Integer>'],
  [
    'delete new Map<Id, Account>();',
    '1:1 DML requires SObject or SObject list type: Map<Id,Account>',
  ],
  [
    'upsert new Account() Industry;',
    '1:22 Invalid field for upsert, must be an External Id custom or standard indexed field: Industry',
  ],
  [
    'List<SObject> l; upsert l Industry;',
    '1:27 Upsert with a field specification requires a concrete SObject type',
  ],
  ['for (Integer i : 5) {}', '1:18 Loop must iterate over collection: Integer'],
  [
    "for (Integer i : new List<String>{ 'a' }) {}",
    '1:1 Invalid loop variable type expected String was Integer',
  ],
  [
    'for (Contact c : [SELECT Id FROM Account]) {}',
    '1:1 Loop variable must be a generic SObject or List or a concrete SObject or List of: Account',
  ],
  [
    'System.runAs(1) { run(); }',
    "1:1 runAs requires a single argument of type 'User' or 'Version'",
  ],
  ['Account a; a.CreatedDate = null;', '1:14 Field is not writeable: Account.CreatedDate'],
  ['insert new UserLicense();', '1:1 DML operation INSERT not allowed on UserLicense'],
  ['merge new Opportunity() new Opportunity();', '1:1 Specified type Opportunity cannot be merged'],
  [
    'Integer n = 1; List<Account> a = [SELECT Id FROM Account WHERE Name = :n];',
    '1:72 Invalid bind expression type of Integer for column of type String',
  ],
  // switch
  ['switch on 1.5 { when 1 {} }', '1:11 Decimal is not a valid switch expression type'],
  [
    'switch on 1 { when 1 {} when 1 {} }',
    '1:30 1 occurs as more than one when branch for this switch statement',
  ],
  [
    "switch on 1 { when 'a' {} }",
    "1:20 String value in 'when expression' cannot be implicitly converted to the Integer type in switch expression",
  ],
  [
    'switch on TriggerOperation.BEFORE_INSERT { when Nope {} }',
    '1:49 Field must be an enum reference',
  ],
  [
    'switch on TriggerOperation.BEFORE_INSERT { when TriggerOperation.BEFORE_INSERT {} }',
    "1:49 Enum value used in 'when expression' should be unqualified",
  ],
  [
    'Integer a = 1; switch on 1 { when a {} }',
    "1:35 'when expression' must be a literal, a constant literal field or enum value",
  ],
  [
    "SObject o; switch on o { when 'a' {} }",
    "1:31 Switching on SObject types must be a 'when type variable' or 'when null'",
  ],
  // queries
  [
    'List<Account> a = [SELECT Nmae FROM Account];',
    "1:27 No such column 'Nmae' on entity 'Account'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
  ],
  [
    'List<Account> a = [\n  SELECT Id\n  FROM Account\n  WHERE Nmae = null\n];',
    "4:9 No such column 'Nmae' on entity 'Account'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
  ],
  [
    'List<Account> a = [SELECT Id, (SELECT Id FROM Nopes) FROM Account];',
    "1:47 Didn't understand relationship 'Nopes' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.",
  ],
  [
    'Integer i = [SELECT COUNT() FROM Nope];',
    "1:34 sObject type 'Nope' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
  ],
  [
    'List<Account> a = [SELECT Id FROM Account WHERE Id = :nope];',
    '1:55 Variable does not exist: nope',
  ],
];
