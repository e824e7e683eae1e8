package io.trunkline.gateway.carrier;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.smpp.codec.MessageState;
import io.trunkline.smpp.receipt.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Which error a receipt stands for: by the carrier's tables, network_error_code before {@code err} before {@code stat};
 * what none maps, by its state.
 */
final class ReceiptErrors {
    private static final int MAX_INLINE = 8;

    /** Words of up to eight characters, upper case, packed into a long. */
    private final Long2ObjectHashMap<ErrorCode> byErr = new Long2ObjectHashMap<>();

    private final Long2ObjectHashMap<ErrorCode> byStat = new Long2ObjectHashMap<>();
    private final Int2ObjectHashMap<ErrorCode> byNetworkError = new Int2ObjectHashMap<>();

    ReceiptErrors(final Carrier.ErrorTables tables) {
        tables.err().forEach((word, code) -> byErr.put(packed(word), code));
        tables.stat().forEach((word, code) -> byStat.put(packed(word), code));
        tables.networkErrorCode().forEach((number, code) -> byNetworkError.put((int) number, code));
    }

    ErrorCode code(final Receipt receipt) {
        if (receipt.state() == MessageState.DELIVERED) {
            return ErrorCode.NONE;
        }
        ErrorCode code = receipt.networkError() < 0 ? null : byNetworkError.get(receipt.networkError());
        if (code == null && !byErr.isEmpty()) {
            code = byErr.get(packed(receipt.err()));
        }
        if (code == null && !byStat.isEmpty()) {
            code = byStat.get(packed(receipt.stat()));
        }
        return code == null ? byState(receipt.state()) : code;
    }

    private static ErrorCode byState(final int state) {
        return switch (state) {
            case MessageState.EXPIRED -> ErrorCode.EXPIRED_AT_CARRIER;
            case MessageState.DELETED -> ErrorCode.DELETED_AT_CARRIER;
            case MessageState.REJECTED -> ErrorCode.REJECTED_BY_CARRIER;
            case MessageState.ENROUTE, MessageState.ACCEPTED, MessageState.SCHEDULED -> ErrorCode.NONE;
            default -> ErrorCode.UNDELIVERABLE;
        };
    }

    /** The err of a receipt as a number: hexadecimal letters occur, so up to eight digits of base 16; 0 where it is none. */
    static int number(final Receipt.Field err) {
        int value = 0;
        boolean decimal = true;
        for (int i = 0; i < err.length() && i < MAX_INLINE; i++) {
            final int digit = Character.digit(err.buffer().getByte(i), 16);
            if (digit < 0) {
                return 0;
            }
            decimal &= digit < 10;
            value = value * 16 + digit;
        }
        return decimal ? decimal(err) : value;
    }

    private static int decimal(final Receipt.Field err) {
        int value = 0;
        for (int i = 0; i < err.length() && i < MAX_INLINE; i++) {
            value = value * 10 + err.buffer().getByte(i) - '0';
        }
        return value;
    }

    private static long packed(final String word) {
        long packed = 0;
        for (final byte octet : word.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1)) {
            packed = (packed << 8) | (octet & 0xFF);
        }
        return packed;
    }

    private static long packed(final Receipt.Field word) {
        long packed = 0;
        for (int i = 0; i < word.length(); i++) {
            packed = (packed << 8) | (upper(word.buffer().getByte(i)) & 0xFF);
        }
        return packed;
    }

    private static int upper(final byte octet) {
        return octet >= 'a' && octet <= 'z' ? octet - ('a' - 'A') : octet;
    }
}
