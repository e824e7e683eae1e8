package io.trunkline.gateway.engine;

import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Which error a carrier's answer stands for, by command_status or by status code. The standard's meaning unless the carrier's
 * config says otherwise; what no table maps becomes {@link ErrorCode#CARRIER_REFUSED} and is counted by its raw value.
 */
final class StatusTable {
    private final Int2ObjectHashMap<ErrorCode> codes = new Int2ObjectHashMap<>();

    private StatusTable() {}

    /** By command_status, with a carrier's own lines laid over the standard's. */
    static StatusTable smpp(final Map<Integer, ErrorCode> overrides) {
        final StatusTable table = new StatusTable();
        table.putSmpp();
        return table.under(overrides);
    }

    /** By status code, with a carrier's own lines laid over the standard's. */
    static StatusTable sip(final Map<Integer, ErrorCode> overrides) {
        final StatusTable table = new StatusTable();
        table.putSip();
        return table.under(overrides);
    }

    private StatusTable under(final Map<Integer, ErrorCode> overrides) {
        overrides.forEach((status, code) -> codes.put((int) status, code));
        return this;
    }

    /** The error of an answer that says no. */
    ErrorCode code(final int status) {
        final ErrorCode code = codes.get(status);
        return code == null ? ErrorCode.CARRIER_REFUSED : code;
    }

    /** Whether a line maps this status. */
    boolean maps(final int status) {
        return codes.containsKey(status);
    }

    /** SMPP 3.4 §5.1.3. */
    private void putSmpp() {
        put(ErrorCode.CARRIER_REFUSED_MESSAGE, 0x01, 0x02, 0x03, 0x06, 0x07, 0x40, 0x42, 0x43, 0x44, 0x61, 0x62, 0x63);
        put(ErrorCode.CARRIER_SYSTEM_ERROR, 0x04, 0x08, 0x45, 0x64, 0x65, 0x66, 0x67, 0xFE, 0xFF);
        put(ErrorCode.CARRIER_REFUSED_SENDER, 0x0A, 0x48, 0x49);
        put(ErrorCode.CARRIER_REFUSED_DESTINATION, 0x0B, 0x33, 0x34, 0x50, 0x51);
        put(ErrorCode.CARRIER_QUEUE, 0x14);
        put(ErrorCode.CARRIER_THROTTLED, 0x58);
        put(ErrorCode.CARRIER_REFUSED_MESSAGE, 0x15, 0x53, 0x54, 0x55, 0xC0, 0xC1, 0xC2, 0xC3, 0xC4);
    }

    /**
     * RFC 3261 §21 and RFC 3428 §7, by what SMPP's statuses become: what is wrong with a number or a message may be right elsewhere,
     * what the handset's owner has said (6xx) is not.
     */
    private void putSip() {
        put(ErrorCode.CARRIER_REFUSED_DESTINATION, 404, 410, 416, 484, 485);
        put(ErrorCode.CARRIER_REFUSED_MESSAGE, 400, 403, 405, 406, 413, 414, 415, 420, 421, 482, 483, 488, 493);
        put(ErrorCode.CARRIER_REFUSED_MESSAGE, 501, 505, 513, 606);
        put(ErrorCode.CARRIER_REFUSED_SENDER, 428, 433, 436, 437, 438);
        put(ErrorCode.CARRIER_SYSTEM_ERROR, 401, 407, 500, 502, 504, 580);
        put(ErrorCode.CARRIER_THROTTLED, 503);
        put(ErrorCode.ABSENT_SUBSCRIBER, 480, 486);
        put(ErrorCode.UNKNOWN_SUBSCRIBER, 604);
        put(ErrorCode.HANDSET_ERROR, 600, 603);
        put(ErrorCode.BLOCKED_BY_CARRIER, 607, 608);
    }

    private void put(final ErrorCode code, final int... statuses) {
        for (final int status : statuses) {
            codes.put(status, code);
        }
    }
}
