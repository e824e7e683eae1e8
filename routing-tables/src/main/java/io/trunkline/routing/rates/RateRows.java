package io.trunkline.routing.rates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rates themselves, 45 bytes a row. A row's id is its place. Grows while a book is built, is put in order once, then only read.
 * What a lookup needs of a row lies together, and rows of neighbouring prefixes do: a lookup waits for memory, not for anything
 * else.
 *
 * <pre>
 *   hot   4 × row:  from | to | micros | deck (20), version (20), terms (20 bits)
 * </pre>
 */
final class RateRows {
    private static final int FROM = 0;
    private static final int TO = 1;
    private static final int MICROS = 2;
    private static final int WORDS = 3;
    private static final int STRIDE = 4;
    private static final int WORD_BITS = 20;
    private static final int WORD_MASK = (1 << WORD_BITS) - 1;

    private long[] hot = new long[256 * STRIDE];
    private int[] line = new int[256];
    private byte[] prefixLength = new byte[256];
    private long[] prefix = new long[256];
    private int size;

    private final Words<String> versions = new Words<>();
    private final Words<Deck> decks = new Words<>();
    private final Words<CallTerms> allTerms = new Words<>();

    /** What many rows have in common. */
    record Deck(RateKind kind, Service service, String owner, int network, int senderClass, String currency) {}

    /** Values that many rows share, each kept once. */
    private static final class Words<T> {
        private final Map<T, Integer> ids = new HashMap<>();
        private final List<T> values = new ArrayList<>();
        private T last;
        private int lastId;

        int id(final T value) {
            if (!value.equals(last)) {
                last = value;
                lastId = ids.computeIfAbsent(value, added -> {
                    if (values.size() > WORD_MASK) {
                        throw new IllegalArgumentException("more than " + values.size() + " owners, versions or terms");
                    }
                    values.add(added);
                    return values.size() - 1;
                });
            }
            return lastId;
        }
    }

    int add(final RateRow row) {
        if (size == line.length) {
            resize(size + (size >> 1));
        }
        final long deck = decks.id(
                new Deck(row.kind(), row.service(), row.owner(), row.network(), row.senderClass(), row.currency()));
        final int at = size * STRIDE;
        hot[at + FROM] = row.fromSecond();
        hot[at + TO] = row.toSecond();
        hot[at + MICROS] = row.micros();
        hot[at + WORDS] = (deck << WORD_BITS | versions.id(row.version())) << WORD_BITS | allTerms.id(row.terms());
        line[size] = row.line();
        prefixLength[size] = (byte) row.prefix().length();
        prefix[size] = row.prefix().isEmpty() ? 0 : Long.parseLong(row.prefix());
        return size++;
    }

    private void resize(final int capacity) {
        hot = Arrays.copyOf(hot, capacity * STRIDE);
        line = Arrays.copyOf(line, capacity);
        prefixLength = Arrays.copyOf(prefixLength, capacity);
        prefix = Arrays.copyOf(prefix, capacity);
    }

    /**
     * No more rows will come: puts them into another order and gives back the room that is not used.
     *
     * @param oldRow for each new place the old one
     */
    void reorder(final int[] oldRow) {
        final long[] newHot = new long[size * STRIDE];
        final int[] newLine = new int[size];
        final byte[] newLength = new byte[size];
        final long[] newPrefix = new long[size];
        for (int row = 0; row < size; row++) {
            System.arraycopy(hot, oldRow[row] * STRIDE, newHot, row * STRIDE, STRIDE);
            newLine[row] = line[oldRow[row]];
            newLength[row] = prefixLength[oldRow[row]];
            newPrefix[row] = prefix[oldRow[row]];
        }
        hot = newHot;
        line = newLine;
        prefixLength = newLength;
        prefix = newPrefix;
    }

    int size() {
        return size;
    }

    long from(final int row) {
        return hot[row * STRIDE + FROM];
    }

    long to(final int row) {
        return hot[row * STRIDE + TO];
    }

    long micros(final int row) {
        return hot[row * STRIDE + MICROS];
    }

    int line(final int row) {
        return line[row];
    }

    String version(final int row) {
        return versions.values.get((int) (hot[row * STRIDE + WORDS] >>> WORD_BITS) & WORD_MASK);
    }

    String currency(final int row) {
        return deck(row).currency();
    }

    private Deck deck(final int row) {
        return decks.values.get((int) (hot[row * STRIDE + WORDS] >>> (2 * WORD_BITS)));
    }

    CallTerms terms(final int row) {
        return allTerms.values.get((int) hot[row * STRIDE + WORDS] & WORD_MASK);
    }

    int prefixLength(final int row) {
        return prefixLength[row];
    }

    /** The prefix as a decimal number. */
    long prefix(final int row) {
        return prefix[row];
    }

    String prefixText(final int row) {
        return prefixLength[row] == 0 ? "" : Long.toString(prefix[row]);
    }

    RateRow row(final int row) {
        final Deck its = deck(row);
        return new RateRow(
                its.kind(),
                its.service(),
                its.owner(),
                prefixText(row),
                its.network(),
                its.senderClass(),
                its.currency(),
                micros(row),
                terms(row),
                from(row),
                to(row),
                version(row),
                line[row]);
    }
}
