package io.trunkline.perf.sipp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A scenario of ours for SIPp: a template of this package with its values put in. */
public record SippScenario(String name, String xml) {
    /** Rings, answers after {@code ringMs}, waits for the BYE. */
    public static SippScenario callee(final long ringMs) {
        return read("callee").with("ring", fixed(ringMs));
    }

    /** Refuses every call with one status. */
    public static SippScenario refusingCallee(final int status) {
        return read("refusing-callee").with("status", Integer.toString(status));
    }

    /** Answers every MESSAGE with one status. */
    public static SippScenario messageTaker(final int status) {
        return read("message-taker").with("status", Integer.toString(status));
    }

    /** Takes every MESSAGE and says nothing. */
    public static SippScenario silentMessageTaker() {
        return read("silent-message-taker");
    }

    /** Rings until cancelled. */
    public static SippScenario ringingCallee() {
        return read("ringing-callee");
    }

    /** Calls the prefix with the number of the call behind it, and hangs up so long after the answer. */
    public static SippScenario caller(final String from, final String prefix, final long holdMs) {
        return read("caller").calling(from, prefix).with("hold", fixed(holdMs));
    }

    /** The same; the time until it hangs up is drawn evenly from a range. */
    public static SippScenario caller(
            final String from, final String prefix, final long leastHoldMs, final long mostHoldMs) {
        return read("caller")
                .calling(from, prefix)
                .with("hold", "distribution=\"uniform\" min=\"" + leastHoldMs + "\" max=\"" + mostHoldMs + "\"");
    }

    /** Is answered, acknowledges, and is never heard of again. */
    public static SippScenario vanishingCaller(final String from, final String prefix) {
        return read("vanishing-caller").calling(from, prefix);
    }

    /** Expects to be refused with one status. */
    public static SippScenario refusedCaller(final String from, final String prefix, final int status) {
        return refusedCaller(from, prefix, status, status);
    }

    /** Expects to be refused with one of two statuses. */
    public static SippScenario refusedCaller(
            final String from, final String prefix, final int status, final int other) {
        return read("refused-caller")
                .calling(from, prefix)
                .with("status", Integer.toString(status))
                .with("or", Integer.toString(other));
    }

    /** Hangs up so long after it has begun to ring. */
    public static SippScenario cancellingCaller(final String from, final String prefix, final long ringMs) {
        return read("cancelling-caller").calling(from, prefix).with("hold", fixed(ringMs));
    }

    private static String fixed(final long milliseconds) {
        return "milliseconds=\"" + milliseconds + "\"";
    }

    private SippScenario calling(final String from, final String prefix) {
        return with("from", from).with("prefix", prefix);
    }

    private SippScenario with(final String key, final String value) {
        return new SippScenario(name, xml.replace("%" + key + "%", value));
    }

    private static SippScenario read(final String name) {
        try (InputStream in = SippScenario.class.getResourceAsStream(name + ".xml")) {
            if (in == null) {
                throw new IllegalArgumentException("there is no scenario " + name);
            }
            return new SippScenario(name, new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read the scenario " + name, e);
        }
    }
}
