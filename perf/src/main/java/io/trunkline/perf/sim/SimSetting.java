package io.trunkline.perf.sim;

/** All that can be told to a simulator, before the start and while it runs. Values are as on the command line. */
public enum SimSetting implements Setting {
    ANSWER_DELAY("answer-delay", "0", "delay of submit_sm_resp: 50ms | 20ms..80ms | exp:50ms | lognormal:50ms:0.5"),
    ANSWER_MISSING("answer-missing", "0", "percent of submits never answered"),
    ANSWER_ERRORS("answer-errors", "", "statuses answered instead of 0, in percent: 0x58=5,0x0b=1"),
    THROTTLE_TPS("throttle-tps", "0", "submits per second and bind beyond which 0x58 is answered; 0: no limit"),
    MESSAGE_IDS("message-ids", "decimal", "spelling of message ids in answer and receipt"),
    RECEIPTS("receipts", "requested", "none | requested | always"),
    RECEIPT_DELAY("receipt-delay", "0", "delay of a receipt, as answer-delay; 0: right behind the answer"),
    RECEIPT_STATES("receipt-states", "", "receipt states other than DELIVRD, in percent: UNDELIV=3,EXPIRED=1"),
    RECEIPT_LOST("receipt-lost", "0", "percent of receipts that never come"),
    RECEIPT_DUPLICATED("receipt-duplicated", "0", "percent of receipts that come twice"),
    RECEIPT_EARLY("receipt-early", "0", "percent of receipts that come before the submit_sm_resp"),
    RECEIPT_OTHER_BIND("receipt-other-bind", "0", "percent of receipts that come over another bind of the account"),
    RECEIPT_FORM("receipt-form", "both", "text | tlv | both"),
    RECEIPT_COMMAND("receipt-command", "deliver_sm", "deliver_sm | data_sm"),
    RECEIPT_WINDOW("receipt-window", "2000", "deliver_sm that may be unanswered on a bind"),
    RECEIPT_RETRY("receipt-retry", "1s", "when a receipt that was refused or lost its connection comes again"),
    DISCONNECT_EVERY("disconnect-every", "0", "drop a connection after this many submits on it; 0: never"),
    DISCONNECT_INTERVAL("disconnect-interval", "0", "drop one connection, in turn, this often; 0: never"),
    BIND_STATUS("bind-status", "0", "status answered to binds, such as 0x0d; 0: take them"),
    MAX_BINDS("max-binds", "10000", "binds that an account may have at once"),
    READING("reading", "on", "off: read nothing more from any bind"),
    MO_RATE("mo-rate", "0", "inbound messages per second"),
    MO_PARTS("mo-parts", "1", "parts of an inbound message, 1 to 9"),
    MO_TO("mo-to", "12025550100", "the number that inbound messages go to"),
    ENQUIRE_EVERY("enquire-every", "0", "how often enquire_link is sent on an idle bind; 0: never");

    private final String key;
    private final String initial;
    private final String help;

    SimSetting(final String key, final String initial, final String help) {
        this.key = key;
        this.initial = initial;
        this.help = help;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String initial() {
        return initial;
    }

    @Override
    public String help() {
        return help;
    }
}
