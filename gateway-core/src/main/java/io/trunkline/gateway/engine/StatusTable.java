package io.trunkline.gateway.engine;

import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Which error a carrier's command_status stands for. The SMPP standard's meaning unless the carrier's config says
 * otherwise; what no table maps becomes {@link ErrorCode#CARRIER_REFUSED} and is counted by its raw value.
 */
public final class StatusTable {
    private final Int2ObjectHashMap<ErrorCode> codes = new Int2ObjectHashMap<>();

    /** The standard's table with a carrier's own lines laid over it. */
    public StatusTable(final Map<Integer, ErrorCode> overrides) {
        standard();
        overrides.forEach((status, code) -> codes.put((int) status, code));
    }

    /** The error of a command_status other than 0. */
    public ErrorCode code(final int status) {
        final ErrorCode code = codes.get(status);
        return code == null ? ErrorCode.CARRIER_REFUSED : code;
    }

    /** Whether a line maps this status. */
    public boolean maps(final int status) {
        return codes.containsKey(status);
    }

    /** SMPP 3.4 §5.1.3. */
    private void standard() {
        put(ErrorCode.CARRIER_REFUSED_MESSAGE, 0x01, 0x02, 0x03, 0x06, 0x07, 0x40, 0x42, 0x43, 0x44, 0x61, 0x62, 0x63);
        put(ErrorCode.CARRIER_SYSTEM_ERROR, 0x04, 0x08, 0x45, 0x64, 0x65, 0x66, 0x67, 0xFE, 0xFF);
        put(ErrorCode.CARRIER_REFUSED_SENDER, 0x0A, 0x48, 0x49);
        put(ErrorCode.CARRIER_REFUSED_DESTINATION, 0x0B, 0x33, 0x34, 0x50, 0x51);
        put(ErrorCode.CARRIER_QUEUE, 0x14);
        put(ErrorCode.CARRIER_THROTTLED, 0x58);
        put(ErrorCode.CARRIER_REFUSED_MESSAGE, 0x15, 0x53, 0x54, 0x55, 0xC0, 0xC1, 0xC2, 0xC3, 0xC4);
    }

    private void put(final ErrorCode code, final int... statuses) {
        for (final int status : statuses) {
            codes.put(status, code);
        }
    }
}
