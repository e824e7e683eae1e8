package io.trunkline.client;

import io.trunkline.upstream.codec.CallState;
import io.trunkline.upstream.codec.Durability;

/** The gateway's answer to a {@link PlaceCall}. */
public sealed interface CallResult {
    ClientReference reference();

    /**
     * The call is in the gateway's journal and under way; events tell what becomes of it.
     *
     * @param unitId the gateway's id of the call
     * @param state {@code PLACED}, or what became of the first one where this is a {@code duplicate}
     * @param duplicate the same reference and content were accepted before; nobody is called again
     * @param durability what the acknowledgement survives: a crash of the process, or of the machine
     */
    record Accepted(ClientReference reference, long unitId, CallState state, boolean duplicate, Durability durability)
            implements CallResult {}

    /** No call came of it. */
    record Refused(ClientReference reference, Refusal refusal) implements CallResult {}
}
