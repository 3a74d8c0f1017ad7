trigger PartnerResourceTrigger on Partner_Resource__c(before insert, before update) {
    ContentRules.stamp(Trigger.new);
}
