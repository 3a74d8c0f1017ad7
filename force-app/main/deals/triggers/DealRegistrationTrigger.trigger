trigger DealRegistrationTrigger on Deal_Registration__c(before insert, before update) {
    DealRules.handle(Trigger.operationType, Trigger.new, Trigger.oldMap);
}
