trigger LeadTrigger on Lead(before update) {
    LeadRules.handle(Trigger.new, Trigger.oldMap);
}
