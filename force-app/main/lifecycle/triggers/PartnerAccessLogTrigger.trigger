trigger PartnerAccessLogTrigger on Partner_Access_Log__c(before update, before delete) {
    PartnerAccessLogGuard.refuse(Trigger.isDelete ? Trigger.old : Trigger.new);
}
