package io.trunkline.gateway.daemon;

import io.trunkline.gateway.journal.Journal;
import io.trunkline.gateway.journal.codec.NamedDecoder;
import io.trunkline.gateway.journal.codec.NamedEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * The numbers under which the journal knows tenants, carriers and binds. A name gets its number when it is first seen and
 * keeps it for ever, whatever becomes of the config, so that old records can always be read. Subscriptions' names are kept
 * by the event streams. Shard's thread only.
 */
final class Names {
    private static final int MAX_LENGTH = 512;

    /** What has a number. The codes are those of the {@code Named} record. */
    enum Kind {
        TENANT(1),
        CARRIER(2),
        /** Named {@code carrier/bind}. */
        LINK(3),
        /** Named by what it does, see {@link io.trunkline.gateway.engine.Treatment}. */
        TREATMENT(5);

        private final int code;

        Kind(final int code) {
            this.code = code;
        }

        static Kind of(final int code) {
            for (final Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            return null;
        }
    }

    private final Map<Kind, Map<String, Integer>> numbers = new EnumMap<>(Kind.class);
    private final Map<Kind, Int2ObjectHashMap<String>> names = new EnumMap<>(Kind.class);
    private final NamedDecoder decoder = new NamedDecoder();
    private final NamedEncoder encoder = new NamedEncoder();

    Names() {
        for (final Kind kind : Kind.values()) {
            numbers.put(kind, new LinkedHashMap<>());
            names.put(kind, new Int2ObjectHashMap<>());
        }
    }

    /** The number of a name, given out and journaled now if it has none yet. */
    int number(final Kind kind, final String name, final Journal journal) {
        final Integer known = numbers.get(kind).get(name);
        if (known != null) {
            return known;
        }
        final int number = names.get(kind).size() + 1;
        put(kind, number, name);
        write(kind, number, name, journal);
        return number;
    }

    /** As {@link #number}, of many names by their kinds. */
    Map<Kind, Map<String, Integer>> numbers(final Map<Kind, Set<String>> wanted, final Journal journal) {
        final Map<Kind, Map<String, Integer>> numbersOf = new EnumMap<>(Kind.class);
        wanted.forEach((kind, all) -> {
            final Map<String, Integer> ofKind = new HashMap<>();
            all.forEach(name -> ofKind.put(name, number(kind, name, journal)));
            numbersOf.put(kind, ofKind);
        });
        return numbersOf;
    }

    /** The number of a name that has one; 0 else. */
    int known(final Kind kind, final String name) {
        return numbers.get(kind).getOrDefault(name, 0);
    }

    /** The name of a number; a word that says so where there is none. */
    String name(final Kind kind, final int number) {
        final String name = names.get(kind).get(number);
        return name == null ? "?" + number : name;
    }

    /** All names of a kind by number: a copy. */
    Map<Integer, String> all(final Kind kind) {
        final Map<Integer, String> copy = new LinkedHashMap<>();
        numbers.get(kind).forEach((name, number) -> copy.put(number, name));
        return copy;
    }

    /** Takes over a {@code Named} record; true if it is of a kind that is kept here and new. */
    boolean recover(final org.agrona.DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        decoder.wrap(buffer, offset, blockLength, version);
        final Kind kind = Kind.of(decoder.kind());
        if (kind == null || names.get(kind).containsKey((int) decoder.number())) {
            return false;
        }
        put(kind, (int) decoder.number(), lastName());
        return true;
    }

    private String lastName() {
        final byte[] bytes = new byte[decoder.nameLength()];
        decoder.getName(bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** All of them, for a checkpoint. */
    void writeAll(final Journal journal) {
        numbers.forEach((kind, byName) -> byName.forEach((name, number) -> write(kind, number, name, journal)));
    }

    private void put(final Kind kind, final int number, final String name) {
        numbers.get(kind).put(name, number);
        names.get(kind).put(number, name);
    }

    private void write(final Kind kind, final int number, final String name, final Journal journal) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        final int offset = journal.begin(NamedEncoder.TEMPLATE_ID, 0, MAX_LENGTH + bytes.length);
        encoder.wrap(journal.buffer(), offset)
                .number(number)
                .kind((short) kind.code)
                .putName(bytes, 0, bytes.length);
        journal.commit(encoder.encodedLength());
    }
}
