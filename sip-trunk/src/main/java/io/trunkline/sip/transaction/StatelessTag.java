package io.trunkline.sip.transaction;

/** The To tag of a stateless response: always the same for the same request (RFC 3261 §8.2.7), as 16 hexadecimal digits. */
final class StatelessTag implements CharSequence {
    private final char[] digits = new char[Long.BYTES * 2];

    StatelessTag of(final long value) {
        for (int i = 0; i < digits.length; i++) {
            digits[i] = Character.forDigit((int) (value >>> (Long.SIZE - 4 - 4 * i)) & 0xf, 16);
        }
        return this;
    }

    @Override
    public int length() {
        return digits.length;
    }

    @Override
    public char charAt(final int index) {
        return digits[index];
    }

    @Override
    public CharSequence subSequence(final int start, final int end) {
        return toString().subSequence(start, end);
    }

    @Override
    public String toString() {
        return String.valueOf(digits);
    }
}
