package io.trunkline.gateway.calls;

import io.trunkline.gateway.engine.ErrorCode;

/** What an upstream server may ask for calls. All of it on the shard's thread; answers come at once, as with messages. */
public interface TenantCalls {
    /**
     * Places a call, each reference once.
     *
     * @param answer filled in where the call is under way, or was placed before
     * @return {@link ErrorCode#NONE}, or why there is none
     */
    ErrorCode place(CallRequest request, CallAnswer answer);

    /** Ends a call of this tenant's; false where it has no such call. */
    boolean end(int tenant, long unitId);
}
