package io.trunkline.client;

import io.trunkline.upstream.codec.Durability;
import io.trunkline.upstream.codec.Encoding;
import io.trunkline.upstream.codec.MessageState;

/** The gateway's answer to a submit. */
public sealed interface SubmitResult {
    ClientReference reference();

    /**
     * The unit is in the gateway's journal.
     *
     * @param unitId the gateway's id of the message
     * @param encoding what it will be sent in
     * @param segments how many SMS it takes, 1..255
     * @param state {@code ACCEPTED}, or what became of the first submit where this one is a {@code duplicate}
     * @param duplicate the same reference and content were accepted before; nothing is sent again
     * @param durability what the acknowledgement survives: a crash of the process, or of the machine
     */
    record Accepted(
            ClientReference reference,
            long unitId,
            Encoding encoding,
            int segments,
            MessageState state,
            boolean duplicate,
            Durability durability)
            implements SubmitResult {}

    /** No unit came of it. */
    record Refused(ClientReference reference, Refusal refusal) implements SubmitResult {}
}
