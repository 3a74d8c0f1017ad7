trigger LeadTrigger on Lead(before update) {
    OwnershipRules.refuseGivingAway(Trigger.new, Trigger.oldMap);
}
