trigger OpportunityTrigger on Opportunity(before update, after update) {
    OpportunityRules.handle(Trigger.operationType, Trigger.new, Trigger.oldMap);
}
