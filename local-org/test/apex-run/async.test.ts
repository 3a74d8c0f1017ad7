import { apexSuite } from './run-suite.ts';

// Documented: Apex Developer Guide, "Asynchronous Apex" (queueable, batch, scheduled, future), "Transaction Finalizers",
// "Using Limits, startTest, and stopTest", "Test Apex with runAs".
const HELPERS = {
  'classes/Work.cls': `public class Work implements Queueable {
  private final String name;
  private final Integer more;
  public Work(String name, Integer more) { this.name = name; this.more = more; }
  public void execute(QueueableContext context) {
    insert new Account(Name = name, Description = System.isQueueable() + ' ' + (context.getJobId() != null));
    if (more > 0 && !Test.isRunningTest()) System.enqueueJob(new Work(name + '+', more - 1));
  }
}`,
  'classes/Later.cls': `public class Later {
  public static String state = 'initial';
  @future
  public static void make(String name, List<Integer> numbers) {
    insert new Account(Name = name, Description = System.isFuture() + ' ' + numbers.size());
  }
  @future
  public static void fail() {
    insert new Account(Name = 'half');
    throw new IllegalArgumentException('future failed');
  }
}`,
  'classes/Rename.cls': `public class Rename implements Database.Batchable<SObject>, Database.Stateful {
  public Integer chunks = 0;
  private transient String forgotten = 'x';
  public Database.QueryLocator start(Database.BatchableContext context) {
    return Database.getQueryLocator('SELECT Id, Name FROM Account ORDER BY Name');
  }
  public void execute(Database.BatchableContext context, List<Account> scope) {
    chunks++;
    for (Account each : scope) each.Description = 'chunk ' + chunks + ' ' + System.isBatch();
    update scope;
  }
  public void finish(Database.BatchableContext context) {
    AsyncApexJob job = [SELECT Status, TotalJobItems, JobItemsProcessed, NumberOfErrors FROM AsyncApexJob WHERE Id = :context.getJobId()];
    insert new Account(Name = 'finished ' + chunks + ' of ' + job.TotalJobItems);
  }
}`,
  'classes/Numbers.cls': `public class Numbers implements Database.Batchable<Integer>, Iterable<Integer>, Iterator<Integer> {
  private Integer n = 0;
  public Iterable<Integer> start(Database.BatchableContext context) { return this; }
  public Iterator<Integer> iterator() { return this; }
  public Boolean hasNext() { return n < 5; }
  public Integer next() { return n++; }
  public void execute(Database.BatchableContext context, List<Integer> scope) {
    Integer sum = 0;
    for (Integer each : scope) sum += each;
    insert new Account(Name = 'sum ' + sum);
  }
  public void finish(Database.BatchableContext context) {}
}`,
  'classes/Fragile.cls': `public class Fragile implements Database.Batchable<Account> {
  public List<Account> start(Database.BatchableContext context) { return [SELECT Id, Name FROM Account ORDER BY Name]; }
  public void execute(Database.BatchableContext context, List<Account> scope) {
    scope[0].Site = 'touched';
    update scope;
    if (scope[0].Name == 'b') throw new IllegalArgumentException('no b');
  }
  public void finish(Database.BatchableContext context) {}
}`,
  'classes/Nightly.cls': `public class Nightly implements Schedulable {
  public void execute(SchedulableContext context) {
    insert new Account(Name = 'night ' + System.isScheduled() + ' ' + (context.getTriggerId() != null));
  }
}`,
  'classes/Watched.cls': `public class Watched implements Queueable, Finalizer {
  private final Boolean fails;
  public Watched(Boolean fails) { this.fails = fails; }
  public void execute(QueueableContext context) {
    System.attachFinalizer(new Watched(false));
    insert new Account(Name = 'work');
    if (fails) throw new IllegalArgumentException('broken');
  }
  public void execute(FinalizerContext context) {
    String text = context.getResult() == ParentJobResult.SUCCESS ? 'well' : context.getException().getMessage();
    insert new Account(Name = 'after: ' + text);
  }
}`,
  'classes/Keeper.cls': `public class Keeper implements Queueable {
  private final QueueableContext earlier;
  private final Type type;
  private final Map<String, Object> state;
  public Keeper(QueueableContext earlier, Type type, Map<String, Object> state) {
    this.earlier = earlier;
    this.type = type;
    this.state = state;
  }
  public void execute(QueueableContext context) {
    List<Object> held = (List<Object>) state.get('list');
    insert new Account(Name = type.getName() + ' ' + held.size() + ' ' + state.get('day') + ' ' + (held === state.get('same')));
  }
}`,
};

apexSuite(
  'asynchronous Apex in tests',
  {
    ...HELPERS,
    'classes/AsyncTest.cls': `@IsTest
private class AsyncTest {
  private static Set<String> names() {
    Set<String> found = new Set<String>();
    for (Account each : [SELECT Name FROM Account]) found.add(each.Name);
    return found;
  }

  @IsTest
  static void queueableRunsAtStopTest() {
    Test.startTest();
    Id jobId = System.enqueueJob(new Work('job', 3));
    Assert.isTrue([SELECT Id FROM Account].isEmpty(), 'not yet');
    Assert.areEqual(1, Limits.getQueueableJobs());
    Test.stopTest();
    Account made = [SELECT Name, Description FROM Account];
    Assert.areEqual('true true', made.Description);
    AsyncApexJob job = [SELECT Status, JobType, ApexClass.Name FROM AsyncApexJob WHERE Id = :jobId];
    Assert.areEqual('Completed', job.Status);
    Assert.areEqual('Queueable', job.JobType);
    Assert.areEqual('Work', job.ApexClass.Name);
    Assert.isFalse(System.isQueueable());
  }

  @IsTest
  static void futureGetsCopiesOfItsArguments() {
    List<Integer> numbers = new List<Integer>{ 1, 2 };
    Test.startTest();
    Later.make('later', numbers);
    numbers.add(3);
    Assert.areEqual(1, Limits.getFutureCalls());
    Test.stopTest();
    Assert.areEqual('true 2', [SELECT Description FROM Account].Description);
  }

  @IsTest
  static void jobFailureReachesTheTest() {
    try {
      Test.startTest();
      Later.fail();
      Test.stopTest();
      Assert.fail('expected the exception of the job');
    } catch (IllegalArgumentException e) {
      Assert.areEqual('future failed', e.getMessage());
    }
    Assert.isTrue([SELECT Id FROM Account].isEmpty(), 'the failed job left nothing');
  }

  @IsTest
  static void batchRunsInChunksAndKeepsState() {
    List<Account> accounts = new List<Account>();
    for (Integer i = 0; i < 5; i++) accounts.add(new Account(Name = 'a' + i));
    insert accounts;
    Test.startTest();
    Id jobId = Database.executeBatch(new Rename(), 2);
    Test.stopTest();
    Assert.isTrue(names().contains('finished 3 of 3'), String.valueOf(names()));
    Assert.areEqual('chunk 3 true', [SELECT Description FROM Account WHERE Name = 'a4'].Description);
    AsyncApexJob job = [SELECT Status, JobItemsProcessed FROM AsyncApexJob WHERE Id = :jobId];
    Assert.areEqual('Completed', job.Status);
    Assert.areEqual(3, job.JobItemsProcessed);
  }

  @IsTest
  static void batchOverAnIterable() {
    Test.startTest();
    Database.executeBatch(new Numbers(), 5);
    Test.stopTest();
    Assert.areEqual(new Set<String>{ 'sum 10' }, names());
  }

  @IsTest
  static void failingChunkIsUndoneAlone() {
    insert new List<Account>{ new Account(Name = 'a'), new Account(Name = 'b'), new Account(Name = 'c') };
    try {
      Test.startTest();
      Database.executeBatch(new Fragile(), 1);
      Test.stopTest();
    } catch (IllegalArgumentException e) {
      Assert.areEqual('no b', e.getMessage());
    }
    List<Account> touched = [SELECT Name FROM Account WHERE Site = 'touched' ORDER BY Name];
    Assert.areEqual(2, touched.size());
    Assert.areEqual('c', touched[1].Name);
    Assert.areEqual(1, [SELECT NumberOfErrors FROM AsyncApexJob WHERE JobType = 'BatchApex'].NumberOfErrors);
  }

  @IsTest
  static void scheduledJobRunsAtStopTest() {
    Test.startTest();
    Id cronId = System.schedule('nightly', '0 0 3 * * ?', new Nightly());
    CronTrigger waiting = [SELECT CronExpression, State, TimesTriggered, NextFireTime, CronJobDetail.Name FROM CronTrigger WHERE Id = :cronId];
    Assert.areEqual('0 0 3 * * ?', waiting.CronExpression);
    Assert.areEqual(0, waiting.TimesTriggered);
    Assert.areEqual('nightly', waiting.CronJobDetail.Name);
    Assert.areEqual(3, waiting.NextFireTime.hour());
    Test.stopTest();
    Assert.areEqual(new Set<String>{ 'night true true' }, names());
    Assert.areEqual(0, [SELECT TimesTriggered FROM CronTrigger WHERE Id = :cronId].TimesTriggered);
  }

  @IsTest
  static void schedulingTwiceUnderOneNameFails() {
    System.schedule('twice', '0 0 3 * * ?', new Nightly());
    try {
      System.schedule('twice', '0 0 4 * * ?', new Nightly());
      Assert.fail('expected an exception');
    } catch (AsyncException e) {
      Assert.isTrue(e.getMessage().contains('already scheduled'), e.getMessage());
    }
  }

  @IsTest
  static void abortedJobDoesNotRun() {
    Test.startTest();
    Id cronId = System.schedule('gone', '0 0 3 * * ?', new Nightly());
    System.abortJob(cronId);
    Test.stopTest();
    Assert.isTrue(names().isEmpty());
    Assert.areEqual(0, [SELECT COUNT() FROM CronTrigger WHERE Id = :cronId]);
  }

  @IsTest
  static void finalizerFollowsSuccess() {
    Test.startTest();
    System.enqueueJob(new Watched(false));
    Test.stopTest();
    Assert.areEqual(new Set<String>{ 'work', 'after: well' }, names());
  }

  @IsTest
  static void finalizerFollowsFailure() {
    try {
      Test.startTest();
      System.enqueueJob(new Watched(true));
      Test.stopTest();
    } catch (IllegalArgumentException e) {
      Assert.areEqual('broken', e.getMessage());
    }
    Assert.areEqual(new Set<String>{ 'after: broken' }, names());
  }

  @IsTest
  static void finalizerOutsideOfAJobFails() {
    try {
      System.attachFinalizer(new Watched(false));
      Assert.fail('expected an exception');
    } catch (Exception e) {
      Assert.isTrue(e.getMessage().contains('queueable'), e.getMessage());
    }
  }

  @IsTest
  static void jobsCarryContextsTypesAndSharedReferences() {
    List<Object> shared = new List<Object>{ 1, 'two' };
    Map<String, Object> state = new Map<String, Object>{
      'list' => shared,
      'same' => shared,
      'day' => Date.newInstance(2026, 2, 3)
    };
    Test.startTest();
    System.enqueueJob(new Keeper(null, Account.class, state));
    Test.stopTest();
    Assert.areEqual(new Set<String>{ 'Account 2 2026-02-03 00:00:00 true' }, names());
  }

  @IsTest
  static void limitsStartAfreshAndComeBack() {
    insert new Account(Name = 'one');
    Integer before = Limits.getDmlStatements();
    Test.startTest();
    Assert.areEqual(0, Limits.getDmlStatements());
    insert new Account(Name = 'two');
    Assert.areEqual(1, Limits.getDmlStatements());
    Test.stopTest();
    Assert.areEqual(before, Limits.getDmlStatements());
  }

  @IsTest
  static void startTestOnlyOnce() {
    Test.startTest();
    try {
      Test.startTest();
      Assert.fail('expected an exception');
    } catch (FinalException e) {
      Assert.areEqual('Testing already started', e.getMessage());
    }
  }

  @IsTest
  static void runAsChangesTheUserAndItsRows() {
    Profile standard = [SELECT Id FROM Profile WHERE Name = 'Standard User'];
    User other = new User(
      Username = 'someone@async.test', LastName = 'Someone', Email = 'someone@async.test', Alias = 'some',
      ProfileId = standard.Id, TimeZoneSidKey = 'Europe/Berlin', LocaleSidKey = 'de_DE', LanguageLocaleKey = 'en_US',
      EmailEncodingKey = 'UTF-8'
    );
    Id me = UserInfo.getUserId();
    System.runAs(other) {
      Assert.isNotNull(other.Id, 'inserted on the way');
      Assert.areEqual(other.Id, UserInfo.getUserId());
      Assert.areEqual('someone@async.test', UserInfo.getUserName());
      Assert.areEqual('Europe/Berlin', UserInfo.getTimeZone().getID());
      Account mine = new Account(Name = 'mine');
      insert mine;
      Assert.areEqual(other.Id, [SELECT OwnerId, CreatedById FROM Account WHERE Id = :mine.Id].OwnerId);
      // Mixed DML is allowed here
      Database.insert(new Group(Name = 'g', DeveloperName = 'g', Type = 'Regular'), AccessLevel.SYSTEM_MODE);
      System.runAs(new User(Id = me)) {
        Assert.areEqual(me, UserInfo.getUserId());
      }
      Assert.areEqual(other.Id, UserInfo.getUserId());
    }
    Assert.areEqual(me, UserInfo.getUserId());
  }

  @IsTest
  static void mixedDmlIsRefusedOutsideOfRunAs() {
    insert new Account(Name = 'ordinary');
    try {
      insert new Group(Name = 'setup', DeveloperName = 'setup', Type = 'Regular');
      insert new UserRole(Name = 'r', DeveloperName = 'r');
      Assert.fail('expected MIXED_DML_OPERATION');
    } catch (DmlException e) {
      Assert.isTrue(e.getMessage().contains('MIXED_DML_OPERATION'), e.getMessage());
    }
  }

  @IsTest
  static void staticsOfJobsAreTheirOwn() {
    Later.state = 'changed';
    Test.startTest();
    System.enqueueJob(new Work('w', 0));
    Test.stopTest();
    Assert.areEqual('changed', Later.state);
  }
}`,
  },
  18,
);
