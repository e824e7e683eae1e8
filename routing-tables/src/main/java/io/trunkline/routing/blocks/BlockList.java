package io.trunkline.routing.blocks;

import io.trunkline.routing.blocks.BlockEntry.BlockKind;
import io.trunkline.routing.blocks.BlockEntry.End;
import io.trunkline.routing.blocks.BlockEntry.Traffic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Block and safe lists at a moment: who and what must not pass, and what passes all the same. One line of a safe list that
 * fits sender or destination outweighs all that block. Immutable; any thread asks, without locks and without allocating.
 */
public final class BlockList {
    /** {@link #check}: nothing blocks. */
    public static final int PASSES = -1;

    private static final Comparator<BlockEntry> ORDER = Comparator.comparing(BlockEntry::end)
            .thenComparingInt(BlockEntry::tenant)
            .thenComparing(entry -> entry.prefix().toUpperCase(Locale.ROOT))
            .thenComparing(BlockEntry::list)
            .thenComparing(BlockEntry::traffic);

    /** Lists without a line. */
    public static final BlockList EMPTY = builder().build(0);

    /** Sections: the sender's for all tenants and for one, then the destination's. */
    private static final int SECTIONS = 4;

    private static final int DESTINATION = 2;

    private final BlockEntry[] entries;
    private final long[] expiresAtMs;
    private final boolean[] safe;
    private final Traffic[] traffic;
    private final Section[] sections = new Section[SECTIONS];

    /** Lines are ascending by {@link #ORDER}, so that those of one section, tenant and prefix are together. */
    private BlockList(final BlockEntry[] entries) {
        this.entries = entries;
        expiresAtMs = new long[entries.length];
        safe = new boolean[entries.length];
        traffic = new Traffic[entries.length];
        for (int section = 0; section < sections.length; section++) {
            sections[section] = new Section();
        }
        for (int line = 0; line < entries.length; line++) {
            final BlockEntry entry = entries[line];
            expiresAtMs[line] = entry.expiresAtMs();
            safe[line] = entry.list() == BlockKind.SAFE;
            traffic[line] = entry.traffic();
            sections[section(entry.end(), entry.tenant() != BlockEntry.ALL_TENANTS)].add(entry, line);
        }
    }

    private static int section(final End end, final boolean ofTenant) {
        return (end == End.SENDER ? 0 : DESTINATION) + (ofTenant ? 1 : 0);
    }

    /** Begins lists without a line. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins with the lines that there are. */
    public Builder toBuilder() {
        return new Builder().addAll(Arrays.asList(entries));
    }

    public int size() {
        return entries.length;
    }

    /** A line by its number below {@link #size}. */
    public BlockEntry entry(final int line) {
        return entries[line];
    }

    /**
     * Looks for what blocks a unit.
     *
     * @param tenant its id, above 0
     * @param kind {@link Traffic#MESSAGE} or {@link Traffic#CALL}
     * @param nowMs since 1970
     * @param sender ASCII; its length may be 0
     * @param destination digits in E.164 without sign
     * @return the number of the line with the longest prefix that blocks, or {@link #PASSES}; of equally long ones
     *     the destination's, and of those the tenant's own
     */
    public int check(
            final int tenant,
            final Traffic kind,
            final long nowMs,
            final DirectBuffer sender,
            final int senderOffset,
            final int senderLength,
            final DirectBuffer destination,
            final int destinationOffset,
            final int destinationLength) {
        if (entries.length == 0) {
            return PASSES;
        }
        int blocking = PASSES;
        int longest = -1;
        for (int section = 0; section < sections.length; section++) {
            final boolean isSender = section < DESTINATION;
            final int line = search(
                    sections[section],
                    (section & 1) == 0 ? BlockEntry.ALL_TENANTS : tenant,
                    kind,
                    nowMs,
                    isSender ? sender : destination,
                    isSender ? senderOffset : destinationOffset,
                    isSender ? senderLength : destinationLength);
            if (line != PASSES) {
                if (safe[line]) {
                    return PASSES;
                }
                final int length = entries[line].prefix().length();
                if (length >= longest) {
                    longest = length;
                    blocking = line;
                }
            }
        }
        return blocking;
    }

    /** A line of a safe list where one fits, else the line with the longest prefix that blocks. */
    private int search(
            final Section section,
            final int tenant,
            final Traffic kind,
            final long nowMs,
            final DirectBuffer text,
            final int offset,
            final int length) {
        int blocking = PASSES;
        long hash = PrefixIndex.begin(tenant);
        for (int at = 0; section.lengths() >>> at != 0; at++) {
            if ((section.lengths() >>> at & 1) != 0) {
                final int prefix = section.index.find(tenant, hash, text, offset, at);
                if (prefix != PrefixIndex.NONE) {
                    final int end = section.end[prefix];
                    for (int line = section.first[prefix]; line < end; line++) {
                        if (nowMs < expiresAtMs[line] && (traffic[line] == Traffic.ANY || traffic[line] == kind)) {
                            if (safe[line]) {
                                return line;
                            }
                            blocking = line;
                        }
                    }
                }
            }
            if (at == length) {
                break;
            }
            hash = PrefixIndex.extend(hash, text.getByte(offset + at));
        }
        return blocking;
    }

    /** Lines for one end, either for all tenants or for some: those of one tenant and prefix stand together. */
    private static final class Section {
        private final PrefixIndex index = new PrefixIndex();
        private int[] first = new int[16];
        private int[] end = new int[16];

        int lengths() {
            return index.lengths();
        }

        void add(final BlockEntry entry, final int line) {
            final int before = index.size();
            final int prefix = index.add(entry.tenant(), entry.prefix());
            if (prefix == before) {
                if (prefix == first.length) {
                    first = Arrays.copyOf(first, 2 * prefix);
                    end = Arrays.copyOf(end, 2 * prefix);
                }
                first[prefix] = line;
            }
            end[prefix] = line + 1;
        }
    }

    /** Collects lines; not for several threads. A line takes the place of one with the same list, end, prefix and scope. */
    public static final class Builder {
        private final Map<Key, BlockEntry> lines = new LinkedHashMap<>();

        private record Key(BlockKind list, End end, String prefix, int tenant, Traffic traffic) {
            static Key of(final BlockEntry entry) {
                return new Key(
                        entry.list(),
                        entry.end(),
                        entry.prefix().toUpperCase(Locale.ROOT),
                        entry.tenant(),
                        entry.traffic());
            }
        }

        private Builder() {}

        public Builder add(final BlockEntry entry) {
            lines.put(Key.of(entry), entry);
            return this;
        }

        public Builder addAll(final Collection<BlockEntry> entries) {
            entries.forEach(this::add);
            return this;
        }

        /** Removes the line with the same list, end, prefix and scope; false where there is none. */
        public boolean remove(final BlockEntry like) {
            return lines.remove(Key.of(like)) != null;
        }

        /** The lists, without what has expired. */
        public BlockList build(final long nowMs) {
            final List<BlockEntry> kept = new ArrayList<>(lines.size());
            for (final BlockEntry entry : lines.values()) {
                if (entry.counts(nowMs)) {
                    kept.add(entry);
                }
            }
            kept.sort(ORDER);
            return new BlockList(kept.toArray(BlockEntry[]::new));
        }
    }
}
