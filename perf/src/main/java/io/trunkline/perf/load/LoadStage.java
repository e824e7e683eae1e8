package io.trunkline.perf.load;

/**
 * What a unit reaches on its way, in order. A latency of a stage counts from the unit's intended time to the moment at
 * which that was so.
 */
public enum LoadStage {
    SENT("send", "sent", "the generator handed it to its socket: the generator's own lag"),
    JOURNALED("journaled", "journaled", "the gateway had it in its journal (journal)"),
    RINGING("ringing", "ringing", "the called telephone was heard to ring (180 or 183)"),
    ACKNOWLEDGED("answer", "acknowledged", "the acknowledgement came back"),
    WRITTEN("written", "written to the carrier", "the gateway decided to write its last segment (journal)"),
    AT_CARRIER("carrier", "at the carrier", "the carrier had read its last segment (carrier's log)"),
    ANSWERED("carrier-answer", "answered by the carrier", "the gateway had the carrier's answer (journal)"),
    RECEIPT_SENT("receipt-sent", "receipt written", "the carrier wrote its last receipt (carrier's log)"),
    RECEIPTED(
            "receipt",
            "receipted",
            "the gateway had the last receipt (journal; without those that overtook the answer)"),
    CLOSED("closed", "closed", "the gateway had decided how it ended (journal)"),
    ENDED("end", "status delivered", "the last word reached the sender");

    private final String key;
    private final String label;
    private final String meaning;

    LoadStage(final String key, final String label, final String meaning) {
        this.key = key;
        this.label = label;
        this.meaning = meaning;
    }

    /** The name in thresholds, files and JSON. */
    public String key() {
        return key;
    }

    /** The name in tables and plots. */
    public String label() {
        return label;
    }

    /** When exactly that is, and who says so. */
    public String meaning() {
        return meaning;
    }
}
