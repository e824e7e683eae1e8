package io.trunkline.gateway.engine;

import org.agrona.DirectBuffer;

/** What a carrier's binds and trunks tell the engine. All calls come from the shard's thread. */
public interface CarrierDesk {
    /** Why a ticket goes without an answer. Numbers as in the journal. */
    enum Unanswered {
        TIMEOUT(1),
        LINK_LOST(2),
        /** The daemon was restarted between the PDU and its answer. */
        RESTART(3);

        private final int number;

        Unanswered(final int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    void linkUp(CarrierLink link);

    void linkDown(CarrierLink link);

    /**
     * The carrier answered a segment.
     *
     * @param status command_status, or the status code of a refusal; 0 where the carrier took it
     * @param messageId the id that it gave, as it gave it; length 0 where there is none
     * @param late whether {@link #unanswered} was told for this ticket before
     */
    void answered(
            CarrierLink link, long ticket, int status, DirectBuffer messageId, int offset, int length, boolean late);

    /**
     * The carrier took a segment, and its answer is the last that is heard of it.
     *
     * @param status its status code
     * @param conclusion what the answer says
     * @param late whether {@link #unanswered} was told for this ticket before
     */
    void concluded(CarrierLink link, long ticket, int status, Conclusion conclusion, boolean late);

    /** The answer will not come; a carrier may or may not have the segment. */
    void unanswered(CarrierLink link, long ticket, Unanswered cause);

    /** A receipt came. @return command_status to answer it with */
    int receipt(CarrierLink link, ReceiptNotice receipt);

    /** A message from a handset came. @return command_status to answer it with */
    int inbound(CarrierLink link, InboundNotice message);
}
