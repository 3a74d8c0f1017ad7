trigger OpportunityParticipantTrigger on Opportunity_Participant__c(
    before insert,
    before update,
    before delete,
    after insert,
    after update,
    after delete,
    after undelete
) {
    ParticipantRules.handle(Trigger.operationType, Trigger.new, Trigger.oldMap);
}
