trigger PartnerUserRequestTrigger on Partner_User_Request__c(before insert, before update, before delete) {
    UserRequestRules.handle(Trigger.operationType, Trigger.new, Trigger.oldMap);
}
