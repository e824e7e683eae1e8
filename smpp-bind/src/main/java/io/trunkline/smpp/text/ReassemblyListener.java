package io.trunkline.smpp.text;

/** Takes messages from a {@link Reassembler}; they are valid during the call only, and the reassembler must not be called. */
public interface ReassemblyListener {
    /** All parts are there. */
    void onComplete(ReassembledMessage message);

    /** No more parts are awaited, and some are missing. */
    void onIncomplete(ReassembledMessage message, Reason reason);

    /** Why a message is given up. */
    enum Reason {
        TIMEOUT,
        /** A newer message needed the room. */
        EVICTED,
        /** Its sender reused the reference: a part came again with another content. */
        SUPERSEDED
    }
}
