package io.trunkline.smpp.session;

/** What a bind may carry (SMPP 3.4 §2.2). MT goes from ESME to MC, MO and receipts from MC to ESME. */
public enum BindType {
    RECEIVER(0x00000001, false, true),
    TRANSMITTER(0x00000002, true, false),
    TRANSCEIVER(0x00000009, true, true);

    private final int commandId;
    private final boolean submits;
    private final boolean delivers;

    BindType(final int commandId, final boolean submits, final boolean delivers) {
        this.commandId = commandId;
        this.submits = submits;
        this.delivers = delivers;
    }

    /** command_id of the bind request. */
    public int commandId() {
        return commandId;
    }

    /** The ESME may submit. */
    public boolean submits() {
        return submits;
    }

    /** The MC may deliver. */
    public boolean delivers() {
        return delivers;
    }

    /** The type that a command_id asks for, or null where it is no bind. */
    public static BindType of(final int commandId) {
        return switch (commandId) {
            case 0x00000001 -> RECEIVER;
            case 0x00000002 -> TRANSMITTER;
            case 0x00000009 -> TRANSCEIVER;
            default -> null;
        };
    }
}
