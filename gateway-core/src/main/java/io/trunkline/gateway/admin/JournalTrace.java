package io.trunkline.gateway.admin;

import io.trunkline.gateway.engine.UnitIds;
import io.trunkline.gateway.journal.RecordSource;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.CallEndedDecoder;
import io.trunkline.gateway.journal.codec.CallStartedDecoder;
import io.trunkline.gateway.journal.codec.InboundReceivedDecoder;
import io.trunkline.gateway.journal.codec.InboundSegmentDecoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The daemon's side of {@code trace}: the whole story of a unit, or of the last units from or to a number, read from the
 * journal.
 *
 * <p>Arguments: {@code unit} (unsigned decimal), whose id says where its story begins, or {@code number} (digits);
 * {@code sinceMs}, how far to look back for a number (default one day); {@code limit}, units at most (default 10);
 * {@code bodies}.
 */
public final class JournalTrace implements AdminCommand {
    private static final int CHUNK = 4096;
    private static final int MAX_STEPS = 2000;
    /** An id may be ahead of the clock that it was given out by, and the clock may have been set back. */
    private static final long ID_SLACK_MS = 60_000;

    private static final long DAY_MS = 86_400_000;

    private final ShardTasks shard;
    private final Supplier<RecordSource> journal;
    private final Supplier<PeriodCipher> ciphers;
    private final Clock clock;

    /**
     * The command.
     *
     * @param journal opens a reader of its own for each trace
     * @param ciphers makes what bodies are deciphered with
     */
    public JournalTrace(
            final ShardTasks shard,
            final Supplier<RecordSource> journal,
            final Supplier<PeriodCipher> ciphers,
            final Clock clock) {
        this.ciphers = ciphers;
        this.shard = shard;
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "trace";
    }

    @Override
    public JsonNode handle(final JsonNode arguments) throws AdminRefusal {
        final String unit = arguments.path("unit").asString("");
        final String number = arguments.path("number").asString("");
        if (unit.isEmpty() == number.isEmpty()) {
            throw new AdminRefusal("bad-argument", "neither a unit nor a number is named", "give one of them");
        }
        final long unitId = unit.isEmpty() ? 0 : unit(unit);
        final long backMs = Math.max(0, arguments.path("sinceMs").asLong(DAY_MS));
        final long fromMs = unitId == 0 ? clock.millis() - backMs : UnitIds.acceptedAtMs(unitId) - ID_SLACK_MS;
        final Search search = new Search(
                unitId,
                number.getBytes(StandardCharsets.US_ASCII),
                Math.max(1, Math.min(100, arguments.path("limit").asInt(10))),
                new StoryTeller(
                        shard.call(ShardView::names), arguments.path("bodies").asBoolean(false), ciphers.get()));
        try (RecordSource source = journal.get()) {
            search.run(source, startOf(source, fromMs * 1_000_000));
        }
        return search.result();
    }

    static long unit(final String text) throws AdminRefusal {
        try {
            final long id = Long.parseUnsignedLong(text);
            if (id != 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new AdminRefusal("bad-argument", "`" + text + "` is not a unit id", "write it as decimal digits");
    }

    /** The first sequence not older than a time, by halving: wall times grow with sequences but for clock steps. */
    private static long startOf(final RecordSource source, final long wallTimeNs) {
        long low = source.oldest();
        long high = source.newest();
        final long[] time = new long[1];
        while (low < high) {
            final long middle = low + (high - low) / 2;
            time[0] = Long.MAX_VALUE;
            source.read(middle, 1, record -> time[0] = record.wallTimeNs());
            if (time[0] < wallTimeNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** One run over the journal. */
    private static final class Search {
        private final long unit;
        private final byte[] number;
        private final int limit;
        private final StoryTeller teller;
        private final UnitAcceptedDecoder accepted = new UnitAcceptedDecoder();
        private final InboundReceivedDecoder inbound = new InboundReceivedDecoder();
        private final InboundSegmentDecoder part = new InboundSegmentDecoder();
        private final CallStartedDecoder started = new CallStartedDecoder();
        private final CallEndedDecoder ended = new CallEndedDecoder();
        // By unit; inbound messages have none and stand under their own sequence, negative.
        private final Map<Long, ArrayNode> stories = new LinkedHashMap<>();
        private long lookedAt;

        Search(final long unit, final byte[] number, final int limit, final StoryTeller teller) {
            this.unit = unit;
            this.number = number;
            this.limit = limit;
            this.teller = teller;
        }

        void run(final RecordSource source, final long from) {
            long at = from;
            for (long next = source.read(at, CHUNK, this::record);
                    next > at;
                    next = source.read(at, CHUNK, this::record)) {
                at = next;
            }
        }

        private void record(final RecordView record) {
            lookedAt++;
            final long id = record.unitId();
            if (unit != 0) {
                if (id == unit) {
                    add(id, record);
                }
            } else if ((id != 0 && stories.containsKey(id)) || meant(record)) {
                add(id == 0 ? -record.sequence() : id, record);
            }
        }

        private void add(final long key, final RecordView record) {
            final ArrayNode story = stories.computeIfAbsent(key, absent -> JsonNodeFactory.instance.arrayNode());
            if (story.size() < MAX_STEPS) {
                story.add(teller.tell(record));
            }
            if (stories.size() > limit) {
                stories.remove(stories.keySet().iterator().next());
            }
        }

        private boolean meant(final RecordView record) {
            switch (record.templateId()) {
                case UnitAcceptedDecoder.TEMPLATE_ID -> {
                    accepted.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                    return matches(record.buffer(), accepted.limit());
                }
                case InboundReceivedDecoder.TEMPLATE_ID -> {
                    inbound.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                    return matches(record.buffer(), inbound.limit());
                }
                case InboundSegmentDecoder.TEMPLATE_ID -> {
                    part.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                    return matches(record.buffer(), part.limit());
                }
                case CallStartedDecoder.TEMPLATE_ID -> {
                    started.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                    return matches(record.buffer(), started.limit());
                }
                case CallEndedDecoder.TEMPLATE_ID -> {
                    ended.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                    return matches(record.buffer(), ended.limit());
                }
                default -> {
                    return false;
                }
            }
        }

        /** Whether one of the first two data fields, from and to, is the number. */
        private boolean matches(final DirectBuffer buffer, final int firstData) {
            final int fromLength = length(buffer, firstData);
            final int from = firstData + Short.BYTES;
            final int toLength = length(buffer, from + fromLength);
            return equal(buffer, from, fromLength) || equal(buffer, from + fromLength + Short.BYTES, toLength);
        }

        private static int length(final DirectBuffer buffer, final int at) {
            return buffer.getShort(at, java.nio.ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        }

        private boolean equal(final DirectBuffer buffer, final int offset, final int length) {
            final int start = length > 0 && buffer.getByte(offset) == '+' ? 1 : 0;
            if (length - start != number.length) {
                return false;
            }
            for (int i = 0; i < number.length; i++) {
                if (buffer.getByte(offset + start + i) != number[i]) {
                    return false;
                }
            }
            return true;
        }

        JsonNode result() {
            final var result = JsonNodeFactory.instance.objectNode().put("recordsRead", lookedAt);
            final ArrayNode list = result.putArray("stories");
            stories.forEach((key, steps) -> {
                final var story = list.addObject();
                if (key > 0) {
                    story.put("unit", Long.toUnsignedString(key));
                }
                story.set("steps", steps);
            });
            return result;
        }
    }
}
