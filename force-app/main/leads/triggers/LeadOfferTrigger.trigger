trigger LeadOfferTrigger on Lead_Offer__c(before insert, before update, before delete) {
    LeadOfferRules.handle(Trigger.operationType, Trigger.new, Trigger.oldMap);
}
