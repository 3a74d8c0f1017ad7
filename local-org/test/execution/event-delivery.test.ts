import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apexSuite } from '../apex-run/run-suite.ts';
import { DeployFailure } from '../../src/execution/deploy-failure.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

const EVENT = `<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
  <deploymentStatus>Deployed</deploymentStatus>
  <eventType>HighVolume</eventType>
  <label>Order</label>
  <pluralLabel>Orders</pluralLabel>
  <publishBehavior>PublishAfterCommit</publishBehavior>
  <fields><fullName>Number__c</fullName><label>Number</label><length>80</length><type>Text</type></fields>
</CustomObject>`;

const config = (content: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<PlatformEventSubscriberConfig xmlns="http://soap.sforce.com/2006/04/metadata">
  ${content}
  <masterLabel>Orders</masterLabel>
  <platformEventConsumer>OnOrdered</platformEventConsumer>
</PlatformEventSubscriberConfig>`;

const SOURCE = {
  'objects/Ordered__e.object': EVENT,
  'triggers/OnOrdered.trigger': `trigger OnOrdered on Ordered__e (after insert) {
  insert new Account(Name = 'got ' + Trigger.new.size(), Description = Trigger.new[0].Number__c);
  for (Ordered__e event : Trigger.new) { if (event.Number__c == 'bad') { throw new IllegalArgumentException('no'); } }
}`,
};

const RETRYING = `trigger OnOrdered on Ordered__e (after insert) {
  if ([SELECT COUNT() FROM Account] == 0) throw new EventBus.RetryableException('later');
  insert new Account(Name = 'got ' + Trigger.new.size());
}`;

const CONFIG = 'platformEventSubscriberConfigs/Orders.platformEventSubscriberConfig';

const PUBLISH = `List<Ordered__e> events = new List<Ordered__e>();
for (Integer i = 0; i < 5; i++) { events.add(new Ordered__e(Number__c = String.valueOf(i))); }
EventBus.publish(events);`;

function deliveries(source: Readonly<Record<string, string>>, ...scripts: string[]): string[] {
  const org = temporaryOrg(source);
  try {
    for (const script of scripts) org.execute(script);
    org.runJobs();
    return org
      .query('SELECT Name, Description FROM Account ORDER BY Id')
      .records.map((row) => row as { readonly Name?: unknown; readonly Description?: unknown })
      .map((row) => `${String(row.Name)} from ${String(row.Description)}`);
  } finally {
    org.dispose();
  }
}

// Documented: Platform Events Developer Guide, "Configure the User and Batch Size for Your Platform Event Trigger".
describe('platform events', () => {
  it('of several publications come together', () => {
    assert.deepEqual(deliveries(SOURCE, PUBLISH, PUBLISH), ['got 10 from 0']);
  });

  it('come in portions of the batch size of their subscriber', () => {
    const source = { ...SOURCE, [CONFIG]: config('<batchSize>2</batchSize>') };
    assert.deepEqual(deliveries(source, PUBLISH), ['got 2 from 0', 'got 2 from 2', 'got 1 from 4']);
  });

  it('fill a portion from the next publication', () => {
    const source = { ...SOURCE, [CONFIG]: config('<batchSize>8</batchSize>') };
    assert.deepEqual(deliveries(source, PUBLISH, PUBLISH), ['got 8 from 0', 'got 2 from 3']);
  });

  it('go on with the next portion when one fails', () => {
    const source = { ...SOURCE, [CONFIG]: config('<batchSize>1</batchSize>') };
    const bad = "EventBus.publish(new Ordered__e(Number__c = 'bad'));";
    assert.deepEqual(
      deliveries(source, bad, "EventBus.publish(new Ordered__e(Number__c = 'good'));"),
      ['got 1 from good'],
    );
  });

  it('come again when a subscriber asks for it, and not for ever', () => {
    const source = { ...SOURCE, 'triggers/OnOrdered.trigger': RETRYING };
    assert.deepEqual(deliveries(source, PUBLISH), []);
    assert.deepEqual(deliveries(source, "insert new Account(Name = 'open');", PUBLISH), [
      'open from null',
      'got 5 from null',
    ]);
  });

  it('have no batch size beyond 2,000, and no running user of their own', () => {
    assert.deepEqual(problems('<batchSize>2001</batchSize>'), [
      'batchSize of Orders must be from 1 through 2000',
    ]);
    assert.deepEqual(problems('<user>somebody@example.com</user>'), [
      'Metadata A running user for subscribers of platform events is not implemented in the local org',
    ]);
  });
});

function problems(content: string): string[] {
  try {
    temporaryOrg({ ...SOURCE, [CONFIG]: config(content) }).dispose();
    return [];
  } catch (error) {
    if (error instanceof DeployFailure) return error.problems.map(({ message }) => message);
    throw error;
  }
}

// Documented: Platform Events Developer Guide, "Retry Event Triggers with EventBus.RetryableException".
apexSuite(
  'platform events that subscribers ask for once more',
  {
    'objects/Ordered__e.object': EVENT,
    'triggers/OnOrdered.trigger': RETRYING,
    'classes/RetryTest.cls': `@IsTest
private class RetryTest {
  @IsTest
  static void comesWithTheNextDelivery() {
    EventBus.publish(new Ordered__e(Number__c = '1'));
    Test.getEventBus().deliver();
    Assert.areEqual(0, [SELECT COUNT() FROM Account], 'The subscriber was not ready');
    insert new Account(Name = 'open');
    Test.getEventBus().deliver();
    Assert.areEqual(1, [SELECT COUNT() FROM Account WHERE Name = 'got 1'], 'Now it is');
  }
}`,
  },
  1,
);
