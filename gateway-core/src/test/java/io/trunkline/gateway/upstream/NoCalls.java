package io.trunkline.gateway.upstream;

import io.trunkline.gateway.calls.CallAnswer;
import io.trunkline.gateway.calls.CallRequest;
import io.trunkline.gateway.calls.TenantCalls;
import io.trunkline.gateway.engine.ErrorCode;

/** A gateway without trunks. */
public final class NoCalls implements TenantCalls {
    @Override
    public ErrorCode place(final CallRequest request, final CallAnswer answer) {
        return ErrorCode.NOT_SUPPORTED;
    }

    @Override
    public boolean end(final int tenant, final long unitId) {
        return false;
    }
}
