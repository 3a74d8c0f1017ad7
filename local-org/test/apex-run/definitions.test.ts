import { apexSuite } from './run-suite.ts';

const metadata = (body: string): string => `<?xml version="1.0" encoding="UTF-8"?>
${body}`;
const NAMESPACES =
  'xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"';
const type = (label: string): string =>
  metadata(
    `<CustomObject ${NAMESPACES}><label>${label}</label><pluralLabel>${label}s</pluralLabel><visibility>Public</visibility></CustomObject>`,
  );
const relationship = (name: string, target: string, more = ''): string =>
  metadata(
    `<CustomField ${NAMESPACES}><fullName>${name}</fullName><label>${name}</label><type>MetadataRelationship</type><referenceTo>${target}</referenceTo>${more}</CustomField>`,
  );

// Documented: Object Reference, EntityDefinition and FieldDefinition; Custom Metadata Types, "Custom Metadata Relationships".
apexSuite(
  'definitions as rows, and metadata that points to them',
  {
    'objects/Group__mdt/Group__mdt.object-meta.xml': type('Group'),
    'objects/Rule__mdt/Rule__mdt.object-meta.xml': type('Rule'),
    'objects/Rule__mdt/fields/Group__c.field-meta.xml': relationship(
      'Group__c',
      'Group__mdt',
      '<relationshipName>Rules</relationshipName>',
    ),
    'objects/Rule__mdt/fields/Object__c.field-meta.xml': relationship(
      'Object__c',
      'EntityDefinition',
    ),
    'objects/Rule__mdt/fields/Field__c.field-meta.xml': relationship(
      'Field__c',
      'FieldDefinition',
      '<metadataRelationshipControllingField>Rule__mdt.Object__c</metadataRelationshipControllingField>',
    ),
    'objects/Rule__mdt/fields/Parent__c.field-meta.xml': relationship(
      'Parent__c',
      'EntityDefinition',
    ),
    'objects/Rule__mdt/fields/Parent_Field__c.field-meta.xml': relationship(
      'Parent_Field__c',
      'FieldDefinition',
      '<metadataRelationshipControllingField>Rule__mdt.Parent__c</metadataRelationshipControllingField>',
    ),
    'customMetadata/Rule.First.md-meta.xml':
      metadata(`<CustomMetadata ${NAMESPACES}><label>First</label><protected>false</protected>
  <values><field>Group__c</field><value xsi:type="xsd:string">Strict</value></values>
  <values><field>Object__c</field><value xsi:type="xsd:string">Contact</value></values>
  <values><field>Field__c</field><value xsi:type="xsd:string">Email</value></values>
  <values><field>Parent__c</field><value xsi:type="xsd:string">Account</value></values>
  <values><field>Parent_Field__c</field><value xsi:type="xsd:string">annualrevenue</value></values></CustomMetadata>`),
    'customMetadata/Group.Strict.md-meta.xml': metadata(
      `<CustomMetadata ${NAMESPACES}><label>Very strict</label><protected>false</protected></CustomMetadata>`,
    ),
    'classes/DefinitionTest.cls': `@IsTest
private class DefinitionTest {
  @IsTest
  static void objectsAndTheirFields() {
    List<EntityDefinition> found = [
      SELECT QualifiedApiName, Label, KeyPrefix, (SELECT QualifiedApiName FROM Fields WHERE DataType LIKE 'Lookup%')
      FROM EntityDefinition WHERE QualifiedApiName IN ('Account', 'Contact') ORDER BY QualifiedApiName
    ];
    Assert.areEqual(2, found.size());
    Assert.areEqual('001', found[0].KeyPrefix);
    Set<String> lookups = new Set<String>();
    for (FieldDefinition each : found[1].Fields) lookups.add(each.QualifiedApiName);
    Assert.isTrue(lookups.contains('AccountId'), String.valueOf(lookups));
    FieldDefinition field = [
      SELECT DataType, EntityDefinition.Label FROM FieldDefinition
      WHERE EntityDefinition.QualifiedApiName = 'Contact' AND QualifiedApiName = 'AccountId'
    ];
    Assert.areEqual('Lookup(Account)', field.DataType);
    Assert.areEqual('Contact', field.EntityDefinition.Label);
  }

  @IsTest
  static void metadataRelationships() {
    Rule__mdt rule = [SELECT Group__r.DeveloperName, Group__r.MasterLabel, Object__r.QualifiedApiName, Field__r.QualifiedApiName, Parent_Field__r.QualifiedApiName, Group__c FROM Rule__mdt];
    Assert.areEqual('Strict', rule.Group__r.DeveloperName);
    Assert.areEqual('Very strict', rule.Group__r.MasterLabel);
    Assert.areEqual('Contact', rule.Object__r.QualifiedApiName);
    Assert.areEqual('Email', rule.Field__r.QualifiedApiName);
    Assert.areEqual('AnnualRevenue', rule.Parent_Field__r.QualifiedApiName);
    Group__mdt owner = [SELECT Id, (SELECT DeveloperName FROM Rules__r) FROM Group__mdt WHERE Id = :rule.Group__c];
    Assert.areEqual('First', owner.Rules__r[0].DeveloperName);
    Assert.areEqual(rule.Group__c, Rule__mdt.getInstance('First').Group__c);
    Assert.areEqual(new Set<String>{ 'Strict' }, Group__mdt.getAll().keySet());
  }
}`,
  },
  2,
);

apexSuite(
  'what jobs carry with them',
  {
    'classes/Chain.cls': `public class Chain implements Queueable, Finalizer {
  private Exception problem;
  private FinalizerContext context;
  private Messaging.SingleEmailMessage message = new Messaging.SingleEmailMessage();
  public void execute(QueueableContext context) {
    message.setSubject('kept');
    System.attachFinalizer(this);
    throw new MathException('of the library');
  }
  public void execute(FinalizerContext context) {
    Chain.Next next = new Chain.Next();
    next.problem = context.getException();
    next.context = context;
    next.message = message;
    System.enqueueJob(next);
  }
  public class Next implements Queueable {
    public Exception problem;
    public FinalizerContext context;
    public Messaging.SingleEmailMessage message;
    public void execute(QueueableContext ignored) {
      insert new Account(Name = problem.getTypeName() + ' ' + problem.getMessage() + ' ' + context.getResult() + ' ' + message.getSubject());
    }
  }
}`,
    'classes/ChainTest.cls': `@IsTest
private class ChainTest {
  @IsTest
  static void valuesSurvive() {
    try {
      Test.startTest();
      System.enqueueJob(new Chain());
      Test.stopTest();
    } catch (MathException e) {
      Assert.areEqual('of the library', e.getMessage());
    }
    Assert.areEqual('System.MathException of the library UNHANDLED_EXCEPTION kept', [SELECT Name FROM Account].Name);
  }
}`,
  },
  1,
);
