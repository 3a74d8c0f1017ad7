import { apexSuite } from './run-suite.ts';

// What published Apex relies on and no page documents; each behaviour was seen in test suites that pass on Salesforce.
apexSuite(
  'behaviour known from practice',
  {
    'objects/Rated__c.object': `<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
  <label>Rated</label><pluralLabel>Rated</pluralLabel><deploymentStatus>Deployed</deploymentStatus><sharingModel>ReadWrite</sharingModel>
  <nameField><label>Name</label><type>Text</type></nameField>
  <fields><fullName>Rating__c</fullName><label>Rating</label><type>Number</type><precision>4</precision><scale>0</scale></fields>
  <fields><fullName>Word__c</fullName><label>Word</label><type>Text</type><length>20</length></fields>
  <validationRules><fullName>Only42</fullName><active>true</active>
    <errorConditionFormula>AND(Rating__c != 42, Name = 'number')</errorConditionFormula><errorMessage>Not 42</errorMessage></validationRules>
  <validationRules><fullName>OnlyX</fullName><active>true</active>
    <errorConditionFormula>AND(Word__c != 'x', Name = 'text')</errorConditionFormula><errorMessage>Not x</errorMessage></validationRules>
</CustomObject>`,
    'classes/PracticeTest.cls': `@IsTest
private class PracticeTest {
  @IsTest
  static void emptyLookupsReadAsNull() {
    Contact inMemory = new Contact(LastName = 'x');
    Assert.isNull(inMemory.Account.Name);
    insert inMemory;
    Contact read = [SELECT Account.Name, Account.Owner.Name FROM Contact];
    Assert.isNull(read.Account);
    Assert.isNull(read.Account.Name);
    Assert.isNull(read.Account.Owner.Name);
    Account none = read.Account;
    try {
      String name = none.Name;
      Assert.fail('a variable that holds null is another matter');
    } catch (NullPointerException e) {
      Assert.areEqual('Attempt to de-reference a null object', e.getMessage());
    }
  }

  private Integer n = 0;
  private PracticeTest other;
  private Integer next() { return n++; }
  private void take(Integer a, Integer b) { n = a * 10 + b; }

  @IsTest
  static void argumentsComeBeforeTheReceiversCheck() {
    List<String> names = new List<String>{ 'a', 'b' };
    SObject record = null;
    Integer failures = 0;
    while (!names.isEmpty() && failures < 10) {
      try { record = record.getSObject(names.remove(0)); } catch (NullPointerException e) { failures++; }
    }
    Assert.areEqual(2, failures);
    PracticeTest t = new PracticeTest();
    try {
      t.other.take(t.next(), t.next());
      Assert.fail('expected an exception');
    } catch (NullPointerException e) {
      Assert.areEqual(2, t.n);
    }
    t.other = new PracticeTest();
    Integer i = 1;
    t.other.take(i, i++);
    Assert.areEqual(11, t.other.n);
    t.other.take(i++, i);
    Assert.areEqual(23, t.other.n);
  }

  @IsTest
  static void emptyNumbersConvertToNull() {
    Assert.isNull(Integer.valueOf(new Account().NumberOfEmployees));
    try {
      Integer value = Integer.valueOf((String) null);
      Assert.fail('text is another matter');
    } catch (NullPointerException e) {
      Assert.areEqual('Argument cannot be null.', e.getMessage());
    }
  }

  @IsTest
  static void textOfSetsAndMapsIsSorted() {
    Map<String, Integer> numbers = new Map<String, Integer>{ 'b' => 1, 'a' => 2 };
    Assert.areEqual('{a=2, b=1}', String.valueOf(numbers));
    Assert.areEqual('{1, 2, 10}', String.valueOf(new Set<Integer>{ 10, 2, 1 }));
    Assert.areEqual('b', new List<String>(numbers.keySet())[0], 'loops go in order of insertion');
  }

  @IsTest
  static void blankNumbersBreakNoRuleOfDifference() {
    insert new Rated__c(Name = 'number');
    insert new Rated__c(Name = 'number', Rating__c = 42);
    for (Rated__c wrong : new List<Rated__c>{ new Rated__c(Name = 'number', Rating__c = 1), new Rated__c(Name = 'text') }) {
      Database.SaveResult result = Database.insert(wrong, false);
      Assert.isFalse(result.isSuccess(), String.valueOf(wrong));
      Assert.areEqual(StatusCode.FIELD_CUSTOM_VALIDATION_EXCEPTION, result.getErrors()[0].getStatusCode());
    }
  }

  @IsTest
  static void jsonTakesSystemFieldsOfAnyObject() {
    Task read = (Task) JSON.deserialize('{"Subject":"s","LastActivityDate":"2026-01-02"}', Task.class);
    Assert.areEqual('s', read.Subject);
    try {
      JSON.deserialize('{"Subject":"s","Nothing":"2026-01-02"}', Task.class);
      Assert.fail('expected an exception');
    } catch (JSONException e) {
      Assert.isTrue(e.getMessage().startsWith('No such column'), e.getMessage());
    }
  }

  @IsTest
  static void setupRowsAreTheAdministrators() {
    Profile standard = [SELECT CreatedById FROM Profile WHERE Name = 'Standard User'];
    Assert.areEqual('Standard', [SELECT UserType FROM User WHERE Id = :standard.CreatedById].UserType);
    Assert.areEqual(1, [SELECT COUNT() FROM ObjectPermissions WHERE SobjectType = 'Account' AND PermissionsDelete = TRUE AND Parent.Profile.Name = 'System Administrator']);
  }
}`,
  },
  7,
);
