trigger PartnerAnnouncementTrigger on Partner_Announcement__c(before insert, before update) {
    ContentRules.stamp(Trigger.new);
}
