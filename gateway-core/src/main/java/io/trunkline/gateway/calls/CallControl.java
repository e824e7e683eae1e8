package io.trunkline.gateway.calls;

import io.trunkline.gateway.engine.ErrorCode;
import java.util.List;
import java.util.Optional;

/**
 * What others may ask of the calls of a shard: API tiers place and end them, operators look at them. All of it on the shard's
 * thread; nothing waits.
 */
public interface CallControl {
    /** There are no calls here. */
    CallControl NONE = new CallControl() {
        @Override
        public ErrorCode place(final CallRequest request, final CallAnswer answer) {
            return ErrorCode.NOT_SUPPORTED;
        }

        @Override
        public boolean end(final int tenant, final long unitId, final int cause) {
            return false;
        }

        @Override
        public List<TrunkRow> trunks() {
            return List.of();
        }
    };

    /**
     * Places a call between a tenant's platform and a number (RFC 3725 §4.1, flow I). What becomes of it the journal says; it may
     * have ended when this returns.
     *
     * @param answer gets the unit id where the call is under way
     * @return {@link ErrorCode#NONE}, or why it was not placed; then there is no unit
     */
    ErrorCode place(CallRequest request, CallAnswer answer);

    /**
     * Ends a call of a tenant's, whatever its state.
     *
     * @param tenant 0: whosever it is
     * @param cause Q.850 cause for both peers
     * @return false where there is no such call
     */
    boolean end(int tenant, long unitId, int cause);

    /** All trunks, those of carriers and the platforms of tenants. */
    List<TrunkRow> trunks();

    /** The SIP messages of a call, as far as they are kept. */
    default Optional<CapturedCalls.Captured> captured(final long unitId) {
        return Optional.empty();
    }
}
