trigger AccountTrigger on Account(before update, after update, after delete) {
    AccountTriggerHandler.handle(Trigger.operationType, Trigger.new, Trigger.oldMap);
}
