package io.trunkline.gateway.engine;

import io.trunkline.routing.Handling;
import io.trunkline.routing.RuleAction;
import io.trunkline.routing.SenderMatch;
import io.trunkline.routing.SenderPolicy;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What is done to the addresses of a message before it goes to a carrier: by a rule of the routing, or because the carrier
 * wants it so. The unit itself keeps what was submitted; the journal names the treatment by a number that is given out once,
 * so that a message which is sent again after a restart leaves as it left before. Immutable.
 */
public final class Treatment {
    /** In the journal, in place of a treatment: the message leaves as it came. */
    public static final int NONE = 0;

    /** What the journal has room for. */
    public static final int MAX_NUMBER = 60_000;

    private static final String SEPARATOR = "\t";
    private static final int FIELDS = 7;

    private final int number;
    private final RuleAction.Rewrite change;
    private final UnsafeBuffer sender;
    private final boolean senderAlphanumeric;

    private Treatment(final int number, final RuleAction.Rewrite change) {
        this.number = number;
        this.change = change;
        sender = new UnsafeBuffer(change.destination().sender().sender().getBytes(StandardCharsets.US_ASCII));
        senderAlphanumeric = !SenderMatch.isNumber(sender, 0, sender.capacity());
    }

    /** A treatment under its number in the journal, above 0, as {@link #text} wrote it. */
    public static Treatment parse(final int number, final String text) {
        final String[] fields = text.split(SEPARATOR, -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("`" + text + "` is no treatment");
        }
        final Handling handling = new Handling(
                Integer.parseInt(fields[0]),
                fields[1],
                new SenderPolicy(SenderPolicy.Mode.valueOf(fields[2]), fields[3]));
        return new Treatment(
                number,
                new RuleAction.Rewrite(
                        handling,
                        Integer.parseInt(fields[4]),
                        Integer.parseInt(fields[5]),
                        Integer.parseInt(fields[6])));
    }

    /** All that it does in one line, the same for the same treatment. */
    public static String text(final RuleAction.Rewrite change) {
        final Handling handling = change.destination();
        return String.join(
                SEPARATOR,
                Integer.toString(handling.strip()),
                handling.prepend(),
                handling.sender().mode().name(),
                handling.sender().sender(),
                Integer.toString(change.ton()),
                Integer.toString(change.npi()),
                Integer.toString(change.dataCoding()));
    }

    public int number() {
        return number;
    }

    /**
     * Writes a destination as it becomes.
     *
     * @return its length
     */
    public int destination(
            final DirectBuffer digits,
            final int offset,
            final int length,
            final MutableDirectBuffer out,
            final int outOffset) {
        return change.destination().destination(digits, offset, length, out, outOffset);
    }

    /** Whether a sender gives way to {@link #sender}. */
    public boolean replacesSender(final boolean alphanumeric) {
        return change.destination().sender().replaces(alphanumeric);
    }

    /** The sender that is put in place of another; not to be changed. */
    public DirectBuffer sender() {
        return sender;
    }

    public boolean senderIsAlphanumeric() {
        return senderAlphanumeric;
    }

    /** TON of the destination, or {@link RuleAction.Rewrite#KEEP}. */
    public int ton() {
        return change.ton();
    }

    /** NPI of the destination, or {@link RuleAction.Rewrite#KEEP}. */
    public int npi() {
        return change.npi();
    }

    /** data_coding on the wire, or {@link RuleAction.Rewrite#KEEP}. */
    public int dataCoding() {
        return change.dataCoding();
    }
}
