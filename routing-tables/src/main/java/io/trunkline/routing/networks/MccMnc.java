package io.trunkline.routing.networks;

import java.util.Locale;

/**
 * A mobile network's code (ITU-T E.212) as a number: three digits of the country (MCC) and two or three of the network (MNC).
 * 01 and 001 are different networks, so the number keeps how many there are. 0 is {@link #UNKNOWN}, which no network has.
 */
public final class MccMnc {
    /** Not known which network. */
    public static final int UNKNOWN = 0;

    private static final int MCC_SHIFT = 11;
    private static final int THREE_DIGITS = 1 << 10;
    private static final int MNC_MASK = THREE_DIGITS - 1;
    private static final int MCC_LENGTH = 3;

    private MccMnc() {}

    /**
     * The number of a code.
     *
     * @param code {@code 234-15}, {@code 310-260}, or without the hyphen
     * @return {@link #UNKNOWN} where it is not a code of this form
     */
    public static int of(final CharSequence code) {
        final int mncAt = code.length() > MCC_LENGTH && code.charAt(MCC_LENGTH) == '-' ? MCC_LENGTH + 1 : MCC_LENGTH;
        final int mncLength = code.length() - mncAt;
        if (mncLength != 2 && mncLength != 3) {
            return UNKNOWN;
        }
        final int mcc = decimal(code, 0, MCC_LENGTH);
        final int mnc = decimal(code, mncAt, code.length());
        // There is no country 000, so no code is 0.
        return mcc < 1 || mnc < 0 ? UNKNOWN : mcc << MCC_SHIFT | (mncLength == 3 ? THREE_DIGITS : 0) | mnc;
    }

    private static int decimal(final CharSequence text, final int from, final int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            final int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Whether a number stands for a code. */
    public static boolean isNetwork(final int network) {
        final int mcc = network >>> MCC_SHIFT;
        return mcc >= 1 && mcc <= 999 && (network & MNC_MASK) <= ((network & THREE_DIGITS) == 0 ? 99 : 999);
    }

    /** The code of a number, with a hyphen, or {@code unknown}. */
    public static String text(final int network) {
        if (network == UNKNOWN) {
            return "unknown";
        }
        final String form = (network & THREE_DIGITS) == 0 ? "%03d-%02d" : "%03d-%03d";
        return String.format(Locale.ROOT, form, network >>> MCC_SHIFT, network & MNC_MASK);
    }
}
