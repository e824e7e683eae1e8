package io.trunkline.gateway.engine;

import io.trunkline.routing.networks.MccMnc;
import org.agrona.DirectBuffer;

/** What is known of numbers, and what may pass: asked once for each unit, with the lists that are in force at that moment. */
public interface TrafficPolicy {
    /** Every network is unknown, and all may pass. */
    TrafficPolicy OPEN = new TrafficPolicy() {
        @Override
        public int network(final DirectBuffer digits, final int offset, final int length) {
            return MccMnc.UNKNOWN;
        }

        @Override
        public ErrorCode check(
                final int tenant,
                final long nowMs,
                final DirectBuffer sender,
                final int senderOffset,
                final int senderLength,
                final DirectBuffer digits,
                final int offset,
                final int length) {
            return ErrorCode.NONE;
        }
    };

    /** The network of a number in E.164 digits without sign: {@link MccMnc}, also {@link MccMnc#UNKNOWN}. */
    int network(DirectBuffer digits, int offset, int length);

    /**
     * Whether a message may pass.
     *
     * @param tenant number in the journal
     * @param nowMs wall time
     * @param sender as submitted, without sign
     * @param digits of the destination in E.164, without sign
     * @return {@link ErrorCode#NONE}, {@link ErrorCode#BLOCKED}, {@link ErrorCode#DESTINATION_NOT_PERMITTED} or {@link
     *     ErrorCode#CREDIT_USED_UP}
     */
    ErrorCode check(
            int tenant,
            long nowMs,
            DirectBuffer sender,
            int senderOffset,
            int senderLength,
            DirectBuffer digits,
            int offset,
            int length);
}
