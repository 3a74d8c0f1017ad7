import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Org } from '../../src/index.ts';
import { localizedProject } from '../../src/project/localized-project.ts';
import { readProject } from '../../src/project/index.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

const metadata = (type: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">${body}</${type}>`;

const label = (name: string, value: string): string =>
  `<labels><fullName>${name}</fullName><language>en_US</language><protected>false</protected><shortDescription>x</shortDescription><value>${value}</value></labels>`;

const FILES = {
  'labels/CustomLabels.labels-meta.xml': metadata(
    'CustomLabels',
    label('Greeting', 'Hello') + label('Untranslated', 'Same'),
  ),
  'translations/de.translation-meta.xml': metadata(
    'Translations',
    '<customLabels><label>Hallo</label><name>Greeting</name></customLabels>' +
      '<customTabs><label>Boot</label><name>Boat</name></customTabs>' +
      '<customApplications><label>Hafen</label><name>Harbour</name></customApplications>',
  ),
  'applications/Harbour.app-meta.xml': metadata(
    'CustomApplication',
    '<label>Harbour</label><navType>Standard</navType><uiType>Lightning</uiType>',
  ),
  'tabs/Boat.tab-meta.xml': metadata(
    'CustomTab',
    '<label>Boat</label><url>https://example.com</url><motif>x</motif>',
  ),
  'quickActions/Account.Sail.quickAction-meta.xml': metadata(
    'QuickAction',
    '<label>Sail</label><type>Create</type><targetObject>Contact</targetObject>',
  ),
  'objects/Boat__c/Boat__c.object-meta.xml': metadata(
    'CustomObject',
    '<label>Boat</label><pluralLabel>Boats</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>ReadWrite</sharingModel>',
  ),
  'objects/Boat__c/fields/State__c.field-meta.xml': metadata(
    'CustomField',
    '<fullName>State__c</fullName><label>State</label><inlineHelpText>How it is</inlineHelpText><type>Picklist</type><valueSet><valueSetDefinition><sorted>false</sorted><value><fullName>afloat</fullName><default>false</default><label>Afloat</label></value></valueSetDefinition></valueSet>',
  ),
  'objectTranslations/Boat__c-de/Boat__c-de.objectTranslation-meta.xml': metadata(
    'CustomObjectTranslation',
    '<caseValues><plural>false</plural><value>Boot</value></caseValues><caseValues><caseType>Genitive</caseType><plural>true</plural><value>Falsch</value></caseValues><caseValues><caseType>Nominative</caseType><plural>true</plural><value>Boote</value></caseValues><nameFieldLabel>Bootsname</nameFieldLabel>',
  ),
  'objectTranslations/Boat__c-de/State__c.fieldTranslation-meta.xml': metadata(
    'CustomFieldTranslation',
    '<help>Wie es ihm geht</help><label>Zustand</label><name>State__c</name><picklistValues><masterLabel>Afloat</masterLabel><translation>Schwimmt</translation></picklistValues>',
  ),
  'objectTranslations/Account-de/Account-de.objectTranslation-meta.xml': metadata(
    'CustomObjectTranslation',
    '<quickActions><label>Segeln</label><name>Sail</name></quickActions>',
  ),
};

const SPEAK = `
  Schema.DescribeFieldResult state = Boat__c.State__c.getDescribe();
  System.debug('=' + String.join(new List<String>{
    System.Label.Greeting, System.Label.Untranslated, System.Label.get('', 'Greeting', 'de'), System.Label.get('', 'Greeting', 'de_AT'),
    Boat__c.SObjectType.getDescribe().getLabel(), Boat__c.SObjectType.getDescribe().getLabelPlural(),
    Boat__c.Name.getDescribe().getLabel(), state.getLabel(), state.getInlineHelpText(), state.getPicklistValues()[0].getLabel(), state.getPicklistValues()[0].getValue(),
    String.valueOf(System.Label.translationExists('', 'Untranslated', 'de'))
  }, '|'));`;

describe('somebody of another language', () => {
  let org: Org & { readonly folder: string };
  before(() => {
    org = temporaryOrg(FILES);
    const made = org.execute(`
      Id profileId = UserInfo.getProfileId();
      insert new List<User>{ person('greta', 'de', profileId), person('fleur', 'fr', profileId) };
      static User person(String name, String language, Id profileId) {
        return new User(LastName = name, Alias = name, Email = name + '@example.com', Username = name + '@words.example', ProfileId = profileId,
          EmailEncodingKey = 'UTF-8', LanguageLocaleKey = language, LocaleSidKey = 'en_US', TimeZoneSidKey = 'UTC');
      }`);
    assert.equal(made.success, true, made.compileProblem + made.exceptionMessage);
  });
  after(() => org.dispose());

  const said = (userName?: string): string => {
    const result = org.execute(SPEAK, userName);
    assert.equal(result.success, true, result.compileProblem + result.exceptionMessage);
    return /\|DEBUG\|=(.*)/.exec(result.logs)?.[1] ?? '';
  };
  const ENGLISH = 'Hello|Same|Hallo|Hallo|Boat|Boats|Name|State|How it is|Afloat|afloat|false';
  const GERMAN =
    'Hallo|Same|Hallo|Hallo|Boot|Boote|Bootsname|Zustand|Wie es ihm geht|Schwimmt|afloat|false';

  it('reads labels and describes in their language in Apex; what is not translated stays', () => {
    assert.equal(said(), ENGLISH);
    assert.equal(said('greta@words.example'), GERMAN);
  });

  it('reads what is written where there is no translation', () => {
    assert.equal(said('fleur@words.example'), ENGLISH);
  });

  it('finds tabs, apps and actions under their translated names, made once', () => {
    const project = readProject({ sourceDirs: [org.folder] });
    const german = localizedProject(project, 'de');
    assert.equal(german.tabs.get('boat')?.label, 'Boot');
    assert.equal(german.applications.get('harbour')?.label, 'Hafen');
    assert.equal(german.quickActions.get('account.sail')?.label, 'Segeln');
    assert.equal(project.tabs.get('boat')?.label, 'Boat');
    assert.equal(localizedProject(project, 'de_CH'), german);
    assert.equal(localizedProject(project, 'fr'), project);
  });
});
