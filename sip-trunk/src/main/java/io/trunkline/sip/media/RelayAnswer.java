package io.trunkline.sip.media;

import java.util.Map;

/**
 * What came of asking the relay.
 *
 * @param result how it ended
 * @param sdp the description to go on with; empty but for {@code offer} and {@code answer} that went well
 * @param why of an error, as the relay says it
 * @param all the whole answer; empty where there was none
 */
public record RelayAnswer(Result result, String sdp, String why, Map<String, Object> all) {
    /** How it ended. */
    public enum Result {
        OK,
        /** The relay refused. */
        ERROR,
        /** The relay did not answer in time, or what it said was no answer. */
        SILENT,
        /** It was not asked: too many wait for answers, or the description is too large. */
        NOT_ASKED
    }

    static RelayAnswer of(final Result result, final String why) {
        return new RelayAnswer(result, "", why, Map.of());
    }

    /** Whether the relay did as it was asked. */
    public boolean isOk() {
        return result == Result.OK;
    }
}
