package io.trunkline.perf.sim;

import io.trunkline.perf.wire.PduOutput;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How a carrier spells its message ids, in the answer and in the receipt: the quirks that real ones have. Behind each
 * spelling is one number, which is what the carrier's log holds.
 */
public enum MessageIdForm {
    /** 1234567 in both. */
    DECIMAL("decimal", Spelling.DECIMAL, Spelling.DECIMAL),
    /** 12d687 in both. */
    HEX("hex", Spelling.HEX, Spelling.HEX),
    /** 12D687 in both. */
    HEX_UPPER("hex-upper", Spelling.HEX_UPPER, Spelling.HEX_UPPER),
    /** 12d687 in the answer, 1234567 in the receipt. */
    HEX_THEN_DECIMAL("hex-then-decimal", Spelling.HEX, Spelling.DECIMAL),
    /** 1234567 in the answer, 12d687 in the receipt. */
    DECIMAL_THEN_HEX("decimal-then-hex", Spelling.DECIMAL, Spelling.HEX),
    /** 1234567 in the answer, 0000000001234567 in the receipt. */
    ZEROS_IN_RECEIPT("zeros-in-receipt", Spelling.DECIMAL, Spelling.PADDED),
    /** 12d687 in the answer, 12D687 in the receipt. */
    UPPER_IN_RECEIPT("upper-in-receipt", Spelling.HEX, Spelling.HEX_UPPER),
    /** 00000000-0012-4d68-8000-700000000000 in both. */
    UUID("uuid", Spelling.UUID, Spelling.UUID);

    /** Longest spelling, in characters. */
    static final int MAX_LENGTH = 36;

    private enum Spelling {
        DECIMAL,
        HEX,
        HEX_UPPER,
        PADDED,
        UUID
    }

    private static final byte[] LOWER = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };
    private static final byte[] UPPER = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
    };
    private static final int PADDED_DIGITS = 20;
    /** "00" to "99", the first digit in the lower byte. */
    private static final short[] PAIRS = new short[100];

    static {
        for (int i = 0; i < PAIRS.length; i++) {
            PAIRS[i] = (short) ('0' + i / 10 | ('0' + i % 10) << 8);
        }
    }

    private final String key;
    private final Spelling answer;
    private final Spelling receipt;

    MessageIdForm(final String key, final Spelling answer, final Spelling receipt) {
        this.key = key;
        this.answer = answer;
        this.receipt = receipt;
    }

    /** The name in settings. */
    public String key() {
        return key;
    }

    void writeAnswer(final PduOutput out, final long number) {
        write(out, answer, number);
    }

    void writeReceipt(final PduOutput out, final long number) {
        write(out, receipt, number);
    }

    private static void write(final PduOutput out, final Spelling spelling, final long number) {
        switch (spelling) {
            case DECIMAL -> decimal(out, number, decimalDigits(number));
            case PADDED -> decimal(out, number, PADDED_DIGITS);
            case HEX -> hex(out, number, hexDigits(number), LOWER);
            case HEX_UPPER -> hex(out, number, hexDigits(number), UPPER);
            case UUID -> {
                hex(out, number >>> 32, 8, LOWER);
                out.put('-');
                hex(out, number >>> 16 & 0xFFFF, 4, LOWER);
                out.put('-').put('4');
                hex(out, number >>> 4 & 0xFFF, 3, LOWER);
                out.put('-').put('8');
                hex(out, 0, 3, LOWER);
                out.put('-');
                hex(out, number & 0xF, 1, LOWER);
                hex(out, 0, 11, LOWER);
            }
        }
    }

    private static int decimalDigits(final long number) {
        int digits = 1;
        for (long bound = 10; digits < 18 && number >= bound; bound *= 10) {
            digits++;
        }
        return digits;
    }

    private static int hexDigits(final long number) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(number) + 3) / 4);
    }

    private static void decimal(final PduOutput out, final long number, final int digits) {
        final int start = out.position();
        final UnsafeBuffer bytes = out.bytes();
        long rest = number;
        int at = start + digits;
        // Two digits a division.
        while (at - start >= 2) {
            at -= 2;
            final long next = rest / 100;
            bytes.putShort(at, PAIRS[(int) (rest - next * 100)], ByteOrder.LITTLE_ENDIAN);
            rest = next;
        }
        if (at > start) {
            bytes.putByte(start, (byte) ('0' + rest));
        }
        out.position(start + digits);
    }

    private static void hex(final PduOutput out, final long number, final int digits, final byte[] alphabet) {
        for (int i = digits - 1; i >= 0; i--) {
            out.put(alphabet[(int) (number >>> (4 * i) & 0xF)]);
        }
    }
}
