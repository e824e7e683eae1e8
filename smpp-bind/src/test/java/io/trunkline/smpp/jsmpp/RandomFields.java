package io.trunkline.smpp.jsmpp;

import java.util.SplittableRandom;

/** Well-formed values for the fields of PDUs. */
final class RandomFields {
    private static final String TEXT = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-_.<> ";

    private final SplittableRandom random;

    RandomFields(final long seed) {
        random = new SplittableRandom(seed);
    }

    int below(final int bound) {
        return random.nextInt(bound);
    }

    boolean flip() {
        return random.nextBoolean();
    }

    byte octet() {
        return (byte) random.nextInt(256);
    }

    /** A sequence of a request. */
    int sequence() {
        return random.nextInt(1, Integer.MAX_VALUE);
    }

    String text(final int max) {
        final int length = random.nextInt(max + 1);
        final StringBuilder out = new StringBuilder();
        for (int i = 0; i < length; i++) {
            out.append(TEXT.charAt(random.nextInt(TEXT.length())));
        }
        return out.toString();
    }

    /** Empty, absolute or relative. */
    String time() {
        return switch (random.nextInt(3)) {
            case 0 -> "";
            case 1 -> "2611210800000" + random.nextInt(10) + random.nextInt(10) + "+";
            default -> "0000" + random.nextInt(10, 29) + "120000000R";
        };
    }

    /** TON that jSMPP has a name for: it turns those of submit_multi's addresses into enums. */
    byte ton() {
        return (byte) random.nextInt(7);
    }

    /** NPI that jSMPP has a name for. */
    byte npi() {
        final byte[] npis = {0, 1, 3, 4, 6, 8, 9, 10, 14, 18};
        return npis[random.nextInt(npis.length)];
    }

    byte[] octets(final int max) {
        final byte[] out = new byte[random.nextInt(max + 1)];
        random.nextBytes(out);
        return out;
    }
}
