trigger PartnerRunOutcomeTrigger on Partner_Run_Outcome__e(after insert) {
    PartnerRunOutcomeWriter.write(Trigger.new);
}
