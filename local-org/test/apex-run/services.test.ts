import { apexSuite } from './run-suite.ts';

const EVENT = `<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
  <deploymentStatus>Deployed</deploymentStatus>
  <eventType>HighVolume</eventType>
  <label>Order</label>
  <pluralLabel>Orders</pluralLabel>
  <publishBehavior>PublishAfterCommit</publishBehavior>
  <fields>
    <fullName>Number__c</fullName>
    <label>Number</label>
    <length>80</length>
    <required>true</required>
    <type>Text</type>
  </fields>
</CustomObject>`;

// Documented: Platform Events Developer Guide, "Testing Your Platform Event in Apex".
apexSuite(
  'platform events in tests',
  {
    'objects/Ordered__e.object': EVENT,
    'objects/Urgent__e.object': EVENT.replace('PublishAfterCommit', 'PublishImmediately'),
    'triggers/OnOrdered.trigger': `trigger OnOrdered on Ordered__e (after insert) {
  List<Account> made = new List<Account>();
  for (Ordered__e event : Trigger.new) made.add(new Account(Name = 'order ' + event.Number__c, Site = event.EventUuid == null ? 'none' : 'some'));
  insert made;
}`,
    'triggers/OnUrgent.trigger': `trigger OnUrgent on Urgent__e (after insert) {
  insert new Account(Name = 'urgent ' + Trigger.new.size());
}`,
    'classes/EventTest.cls': `@IsTest
private class EventTest {
  @IsTest
  static void stopTestDelivers() {
    Test.startTest();
    Database.SaveResult result = EventBus.publish(new Ordered__e(Number__c = '1'));
    Assert.isTrue(result.isSuccess());
    Assert.areEqual(0, [SELECT COUNT() FROM Account]);
    Test.stopTest();
    Assert.areEqual('some', [SELECT Site FROM Account WHERE Name = 'order 1'].Site);
  }

  @IsTest
  static void deliverDeliversAtOnce() {
    EventBus.publish(new List<Ordered__e>{ new Ordered__e(Number__c = '2'), new Ordered__e(Number__c = '3') });
    Test.getEventBus().deliver();
    Assert.areEqual(2, [SELECT COUNT() FROM Account]);
  }

  @IsTest
  static void immediateEventsWaitForTheTestToo() {
    EventBus.publish(new Urgent__e(Number__c = '2'));
    Assert.areEqual(1, Limits.getPublishImmediateDML());
    Assert.areEqual(0, [SELECT COUNT() FROM Account]);
    Test.getEventBus().deliver();
    Assert.areEqual(1, [SELECT COUNT() FROM Account WHERE Name = 'urgent 1']);
  }

  @IsTest
  static void requiredFieldsAreChecked() {
    Database.SaveResult result = EventBus.publish(new Ordered__e());
    Assert.isFalse(result.isSuccess());
    Assert.areEqual(StatusCode.REQUIRED_FIELD_MISSING, result.getErrors()[0].getStatusCode());
  }
}`,
  },
  4,
);

// Documented: Apex Developer Guide, "Testing HTTP Callouts", "Performing DML Operations and Mock Callouts".
apexSuite(
  'callouts with mocks',
  {
    'staticresources/answer.json': '{"a":1}',
    'staticresources/answer.resource-meta.xml': `<?xml version="1.0" encoding="UTF-8"?>
<StaticResource xmlns="http://soap.sforce.com/2006/04/metadata">
  <cacheControl>Private</cacheControl>
  <contentType>application/json</contentType>
</StaticResource>`,
    'classes/Caller.cls': `public class Caller {
  public static HttpResponse get(String endpoint) {
    HttpRequest request = new HttpRequest();
    request.setEndpoint(endpoint);
    request.setMethod('GET');
    request.setHeader('Accept', 'text/plain');
    return new Http().send(request);
  }
}`,
    'classes/CallerTest.cls': `@IsTest
private class CallerTest {
  private class Echo implements HttpCalloutMock {
    public HttpResponse respond(HttpRequest request) {
      HttpResponse response = new HttpResponse();
      response.setStatusCode(201);
      response.setStatus('Created');
      response.setHeader('X-Seen', request.getHeader('accept'));
      response.setBody(request.getMethod() + ' ' + request.getEndpoint());
      return response;
    }
  }

  @IsTest
  static void mockAnswers() {
    Test.setMock(HttpCalloutMock.class, new Echo());
    HttpResponse response = Caller.get('https://example.com/x');
    Assert.areEqual(201, response.getStatusCode());
    Assert.areEqual('GET https://example.com/x', response.getBody());
    Assert.areEqual('text/plain', response.getHeader('x-seen'));
    Assert.areEqual(1, Limits.getCallouts());
  }

  @IsTest
  static void mockAnswersARequestWithoutAddress() {
    Test.setMock(HttpCalloutMock.class, new Echo());
    HttpRequest request = new HttpRequest();
    request.setHeader('Accept', 'text/plain');
    Assert.areEqual(201, new Http().send(request).getStatusCode());
  }

  @IsTest
  static void withoutAMockTheTestFails() {
    try {
      Caller.get('https://example.com/x');
      Assert.fail('expected an exception');
    } catch (TypeException e) {
      Assert.areEqual('Methods defined as TestMethod do not support Web service callouts', e.getMessage());
    }
  }

  @IsTest
  static void noCalloutAfterDml() {
    Test.setMock(HttpCalloutMock.class, new Echo());
    insert new Account(Name = 'pending');
    try {
      Caller.get('https://example.com/x');
      Assert.fail('expected an exception');
    } catch (CalloutException e) {
      Assert.areEqual('You have uncommitted work pending. Please commit or rollback before calling out', e.getMessage());
    }
    Test.startTest();
    Assert.areEqual(201, Caller.get('https://example.com/y').getStatusCode());
    Test.stopTest();
  }

  @IsTest
  static void staticResourceAnswers() {
    StaticResourceCalloutMock mock = new StaticResourceCalloutMock();
    mock.setStaticResource('answer');
    mock.setStatusCode(200);
    mock.setHeader('Content-Type', 'application/json');
    Test.setMock(HttpCalloutMock.class, mock);
    HttpResponse response = Caller.get('https://example.com/x');
    Map<String, Object> body = (Map<String, Object>) JSON.deserializeUntyped(response.getBody());
    Assert.areEqual(1, body.get('a'));
    StaticResource row = [SELECT Name, Body, ContentType, BodyLength FROM StaticResource WHERE Name = 'answer'];
    Assert.areEqual('{"a":1}', row.Body.toString());
    Assert.areEqual(7, row.BodyLength);
  }
}`,
  },
  5,
);

apexSuite(
  'what users may see and do',
  {
    'classes/AccessTest.cls': `@IsTest
private class AccessTest {
  private static User minimal() {
    return new User(
      Username = 'minimal@access.test', LastName = 'Minimal', Email = 'm@access.test', Alias = 'min',
      Profile = new Profile(Name = 'Minimum Access - Salesforce'), TimeZoneSidKey = 'GMT', LocaleSidKey = 'en_US',
      LanguageLocaleKey = 'en_US', EmailEncodingKey = 'UTF-8'
    );
  }

  private static void grantAccounts(User user) {
    PermissionSet permissions = new PermissionSet(Name = 'Accounts', Label = 'Accounts');
    insert permissions;
    insert new ObjectPermissions(ParentId = permissions.Id, SobjectType = 'Account', PermissionsRead = true);
    insert new PermissionSetAssignment(AssigneeId = user.Id, PermissionSetId = permissions.Id);
  }

  @IsTest
  static void objectsWithoutAccessAreUnknownInUserMode() {
    System.runAs(minimal()) {
      try {
        List<Account> found = [SELECT Name FROM Account WITH USER_MODE];
        Assert.fail('expected an exception');
      } catch (QueryException e) {
        Assert.isTrue(e.getMessage().startsWith('sObject type \\'Account\\' is not supported.'), e.getMessage());
        Assert.isTrue(e.getInaccessibleFields().get('Account').contains('Name'));
      }
    }
  }

  @IsTest
  static void fieldsWithoutAccessAreUnknownInUserMode() {
    User user = minimal();
    insert user;
    grantAccounts(user);
    System.runAs(user) {
      Assert.areEqual(0, [SELECT Name FROM Account WITH USER_MODE].size());
      try {
        List<Account> found = [SELECT Name, Industry FROM Account WITH USER_MODE];
        Assert.fail('expected an exception');
      } catch (QueryException e) {
        Assert.isTrue(e.getMessage().startsWith('No such column \\'Industry\\' on entity \\'Account\\'.'), e.getMessage());
        Assert.areEqual(new Set<String>{ 'Industry' }, e.getInaccessibleFields().get('Account'));
      }
    }
  }

  @IsTest
  static void describeFollowsObjectAndField() {
    User user = minimal();
    insert user;
    grantAccounts(user);
    System.runAs(user) {
      Assert.isTrue(Account.Name.getDescribe().isAccessible());
      Assert.isFalse(Account.Name.getDescribe().isCreateable(), 'the object is not createable');
      Assert.isFalse(Account.Industry.getDescribe().isAccessible());
      Assert.isFalse(Contact.LastName.getDescribe().isAccessible(), 'the object is not readable');
    }
    Assert.isTrue(Account.Name.getDescribe().isCreateable());
  }

  @IsTest
  static void stripInaccessibleTakesFieldsAndChildrenAway() {
    User user = minimal();
    // Mixed DML: setup objects in a block of their own
    System.runAs(new User(Id = UserInfo.getUserId())) {
      insert user;
      grantAccounts(user);
    }
    Account account = new Account(Name = 'a', Industry = 'Banking');
    insert account;
    insert new Contact(LastName = 'c', AccountId = account.Id);
    List<Account> found = [SELECT Name, Industry, (SELECT LastName FROM Contacts) FROM Account WITH SYSTEM_MODE];
    System.runAs(user) {
      SObjectAccessDecision decision = Security.stripInaccessible(AccessType.READABLE, found);
      Assert.areEqual(new Set<String>{ 'Industry', 'Contacts' }, decision.getRemovedFields().get('Account'));
      Account stripped = (Account) decision.getRecords()[0];
      Assert.areEqual('a', stripped.Name);
      try {
        Object value = stripped.Industry;
        Assert.fail('expected an exception');
      } catch (SObjectException e) {
        Assert.areEqual('SObject row was retrieved via SOQL without querying the requested field: Account.Industry', e.getMessage());
      }
      Assert.areEqual('Banking', found[0].Industry, 'the originals stay');
      try {
        Security.stripInaccessible(AccessType.READABLE, new List<Contact>{ new Contact(LastName = 'x') });
        Assert.fail('expected an exception');
      } catch (NoAccessException e) {
        Assert.areEqual('No access to entity: Contact', e.getMessage());
      }
    }
  }

  @IsTest
  static void comparisonWithACollectionIsIn() {
    List<Account> accounts = new List<Account>{ new Account(Name = 'a'), new Account(Name = 'b'), new Account(Name = 'c') };
    insert accounts;
    Set<Id> ids = new Set<Id>{ accounts[0].Id, accounts[2].Id };
    Assert.areEqual(2, [SELECT COUNT() FROM Account WHERE Id = :ids]);
    Assert.areEqual(1, [SELECT COUNT() FROM Account WHERE Id != :ids]);
  }
}`,
  },
  5,
);

// Documented: Object Reference, ContentVersion and ContentDocumentLink.
apexSuite(
  'files',
  {
    'classes/FileTest.cls': `@IsTest
private class FileTest {
  @IsTest
  static void firstVersionMakesDocumentAndLinks() {
    Account account = new Account(Name = 'a');
    insert account;
    ContentVersion version = new ContentVersion(
      Title = 'Contract', PathOnClient = 'contract.pdf', VersionData = Blob.valueOf('hello'), FirstPublishLocationId = account.Id
    );
    insert version;
    version = [SELECT ContentDocumentId, IsLatest, VersionNumber, FileType, FileExtension, ContentSize, VersionData FROM ContentVersion WHERE Id = :version.Id];
    Assert.isTrue(version.IsLatest);
    Assert.areEqual('1', version.VersionNumber);
    Assert.areEqual('PDF', version.FileType);
    Assert.areEqual(5, version.ContentSize);
    Assert.areEqual('hello', version.VersionData.toString());
    ContentDocumentLink link = [SELECT ShareType, ContentDocument.Title, ContentDocument.LatestPublishedVersionId FROM ContentDocumentLink WHERE LinkedEntityId = :account.Id];
    Assert.areEqual('Contract', link.ContentDocument.Title);
    Assert.areEqual(version.Id, link.ContentDocument.LatestPublishedVersionId);
    Assert.areEqual(2, [SELECT COUNT() FROM ContentDocumentLink WHERE ContentDocumentId = :version.ContentDocumentId]);
  }

  @IsTest
  static void nextVersionBecomesTheLatest() {
    ContentVersion first = new ContentVersion(PathOnClient = 'a.txt', VersionData = Blob.valueOf('1'));
    insert first;
    Id documentId = [SELECT ContentDocumentId FROM ContentVersion WHERE Id = :first.Id].ContentDocumentId;
    insert new ContentVersion(ContentDocumentId = documentId, PathOnClient = 'b.txt', VersionData = Blob.valueOf('2'));
    ContentVersion latest = [SELECT VersionNumber, Title FROM ContentVersion WHERE ContentDocumentId = :documentId AND IsLatest = TRUE];
    Assert.areEqual('2', latest.VersionNumber);
    Assert.areEqual('b', latest.Title);
    Assert.areEqual(1, [SELECT COUNT() FROM ContentDocument]);
  }

  @IsTest
  static void filesNeedContentAndName() {
    Database.SaveResult result = Database.insert(new ContentVersion(PathOnClient = 'a.txt', VersionData = Blob.valueOf('')), false);
    Assert.areEqual(new List<String>{ 'VersionData' }, result.getErrors()[0].getFields());
    result = Database.insert(new ContentVersion(Title = 'a', PathOnClient = '', VersionData = Blob.valueOf('1')), false);
    Assert.areEqual(new List<String>{ 'PathOnClient' }, result.getErrors()[0].getFields());
    insert new ContentVersion(Title = 'a', ContentUrl = 'https://example.org');
  }
}`,
  },
  3,
);

// Documented: FormulaEval.FormulaBuilder; practitioner: trigger-actions-framework asks for a flow that there is not.
apexSuite(
  'formulas on classes and flows by name',
  {
    'classes/Boat.cls': 'global class Boat { global Integer length = 7; }',
    'classes/Raft.cls': 'public class Raft { public Integer length = 7; }',
    'classes/ByNameTest.cls': `@IsTest
private class ByNameTest {
  static Object evaluate(Type context, Object instance) {
    return Formula.builder().withType(context).withReturnType(FormulaEval.FormulaReturnType.INTEGER).withFormula('length * 2').build().evaluate(instance);
  }

  @IsTest
  static void onlyGlobalClassesAreContexts() {
    Assert.areEqual(14, evaluate(Boat.class, new Boat()));
    try {
      evaluate(Raft.class, new Raft());
      Assert.fail('a public class was accepted');
    } catch (FormulaValidationException e) {
      Assert.isTrue(e.getMessage().contains('Raft'), e.getMessage());
    }
  }

  @IsTest
  static void aFlowThatThereIsNotFailsWithoutAnException() {
    Invocable.Action action = Invocable.Action.createCustomAction('flow', 'Nowhere');
    action.setInvocations(new List<Map<String, Object>>{ new Map<String, Object>(), new Map<String, Object>() });
    List<Invocable.Action.Result> results = action.invoke();
    Assert.areEqual(2, results.size());
    Assert.isFalse(results[1].isSuccess());
    Assert.isTrue(results[1].getErrors()[0].getMessage().contains('Nowhere'));
  }
}`,
  },
  2,
);

// Practitioner: OrgShape of apex-recipes finds out by asking Connect in Apex.
apexSuite(
  'tests with SeeAllData=true',
  {
    'classes/SiloTest.cls': `@IsTest
private class SiloTest {
  static Boolean connects() {
    try {
      ConnectApi.ChatterUsers.getFollowings(null, UserInfo.getUserId());
      return true;
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  @IsTest(SeeAllData=true)
  static void reachConnect() {
    Assert.isTrue(connects());
  }

  @IsTest
  static void othersDoNot() {
    Assert.isFalse(connects());
  }
}`,
    'classes/OpenTest.cls': `@IsTest(seealldata=true)
private class OpenTest {
  @IsTest
  static void theClassSaysItForAll() {
    Assert.areEqual(0, ConnectApi.ChatterUsers.getFollowings(null, UserInfo.getUserId()).total);
  }
}`,
  },
  3,
);
