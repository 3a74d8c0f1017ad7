trigger UserTrigger on User(after update) {
    UserRules.handle(Trigger.new, Trigger.oldMap);
}
