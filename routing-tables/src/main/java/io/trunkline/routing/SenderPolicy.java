package io.trunkline.routing;

/**
 * What becomes of a message's sender on the way to a carrier.
 *
 * @param sender that is put in its place; empty with {@link Mode#KEEP}
 */
public record SenderPolicy(Mode mode, String sender) {
    /** The sender stays as it is. */
    public static final SenderPolicy KEEP = new SenderPolicy(Mode.KEEP, "");

    /** Longest sender: digits of a number, SMPP 3.4 §5.2.8. */
    public static final int MAX_LENGTH = 20;

    /** When the sender is replaced. */
    public enum Mode {
        KEEP,
        /** Always. */
        REPLACE,
        /** Where it is not a number: for countries in which only numbers arrive. */
        REPLACE_ALPHANUMERIC
    }

    public SenderPolicy {
        if ((mode == Mode.KEEP) != sender.isEmpty() || sender.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(mode + " with sender `" + sender + "`");
        }
    }

    /** Whether a sender gives way to {@link #sender()}. */
    public boolean replaces(final boolean alphanumeric) {
        return mode == Mode.REPLACE || (mode == Mode.REPLACE_ALPHANUMERIC && alphanumeric);
    }
}
