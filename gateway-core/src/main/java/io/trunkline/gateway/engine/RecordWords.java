package io.trunkline.gateway.engine;

/** What the engine's numbers in records mean, in words for people; a number that is not known stands as it is. */
public final class RecordWords {
    private RecordWords() {}

    /** What came of a segment's answer. */
    public static String outcome(final int number) {
        return switch (number) {
            case EngineRecords.OUTCOME_ACCEPTED -> "taken";
            case EngineRecords.OUTCOME_RETRY -> "retry";
            case EngineRecords.OUTCOME_REROUTE -> "reroute";
            case EngineRecords.OUTCOME_FAILED -> "failed";
            case EngineRecords.OUTCOME_IN_DOUBT -> "in doubt";
            default -> Integer.toString(number);
        };
    }

    /** What came of a receipt. */
    public static String disposition(final int number) {
        return switch (number) {
            case EngineRecords.RECEIPT_MATCHED -> "matched";
            case EngineRecords.RECEIPT_INTERMEDIATE -> "intermediate";
            case EngineRecords.RECEIPT_EARLY -> "early";
            case EngineRecords.RECEIPT_REPEATED -> "repeated";
            case EngineRecords.RECEIPT_UNMATCHED -> "unmatched";
            default -> Integer.toString(number);
        };
    }
}
