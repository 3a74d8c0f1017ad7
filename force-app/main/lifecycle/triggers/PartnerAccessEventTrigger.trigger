trigger PartnerAccessEventTrigger on Partner_Access_Event__e(after insert) {
    PartnerAccessLogWriter.write(Trigger.new);
}
