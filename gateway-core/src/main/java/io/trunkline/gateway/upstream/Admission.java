package io.trunkline.gateway.upstream;

import io.trunkline.gateway.engine.ErrorCode;

/** How an attempt to authenticate ended. */
public sealed interface Admission {
    record Granted(Account account) implements Admission {}

    /**
     * Stays out.
     *
     * @param code {@link ErrorCode#NOT_AUTHENTICATED}, {@link ErrorCode#ADDRESS_NOT_ALLOWED} or
     *     {@link ErrorCode#LOCKED_OUT}
     * @param retryAfterMs 0 where waiting does not help
     */
    record Refused(ErrorCode code, int retryAfterMs) implements Admission {}
}
