package io.trunkline.gateway.replay;

/** What a candidate would do with a unit. */
public enum Verdict {
    /** It would go to a carrier. */
    ROUTED("routed"),
    NO_ROW("no row is for this number, tenant and class"),
    OVER_PRICE_CAP("every offer is over the price cap"),
    BELOW_MARGIN("every offer leaves too little of the price"),
    NOT_PINNED("the pinned carrier is on no offer"),
    REJECTED("a rule refuses it"),
    NO_NUMBER("a rule makes something of its number that is none"),
    NO_CARRIER("all carriers of the route are disabled"),
    NO_TENANT("the candidate has no such tenant"),
    NOT_PERMITTED("its tenant may not send there"),
    BLOCKED("a block list has its number or its sender"),
    OVER_RATE("its tenant's rate has no room for it"),
    OVER_LIMIT("a limit has no room for it");

    private final String words;

    Verdict(final String words) {
        this.words = words;
    }

    /** Whether it would go to a carrier at another time. */
    public boolean isForWantOfRoom() {
        return this == OVER_RATE || this == OVER_LIMIT;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
