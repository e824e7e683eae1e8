package io.trunkline.gateway.billing;

import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.SegmentAnsweredDecoder;
import io.trunkline.routing.rates.Micros;
import io.trunkline.routing.rates.RateBook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Holds a carrier's invoice against the journal, message by message, by the ids that the carrier gave. Fed with all records of the
 * journal, then asked.
 */
public final class Reconciliation implements RecordHandler {
    private static final int TAKEN = 1;

    private final NamesByNumber names = new NamesByNumber();
    private final String carrier;
    private final long fromMs;
    private final long toMs;
    private final Rater rater;
    private final Rated rated = new Rated();
    private final UnitFold fold = new UnitFold(names, this::unit);
    private final SegmentAnsweredDecoder answered = new SegmentAnsweredDecoder();
    private final Long2ObjectHashMap<List<Taken>> open = new Long2ObjectHashMap<>();
    /** All that the carrier took; and what it took under an id, the newest first. */
    private final List<Taken> all = new ArrayList<>();

    private final Map<String, Taken> byId = new HashMap<>();
    private int carrierNumber;

    /** A message, or a part of one, that the carrier took. */
    private static final class Taken {
        private final String id;
        private final long unit;
        private final long atMs;
        private long to;
        private long segments = 1;
        /** {@link Micros#NONE} as long as the unit is open, or where no rate holds. */
        private long amount = Micros.NONE;

        private String currency = "";
        private boolean billed;

        /** What it took before under the same id: carriers begin their numbers again, and some give none. */
        private Taken earlier;

        Taken(final String id, final long unit, final long atMs) {
            this.id = id;
            this.unit = unit;
            this.atMs = atMs;
        }
    }

    /** What an invoice and the journal do not agree on. */
    public enum Kind {
        /** On the invoice, and the carrier never said that it took it. */
        NOT_IN_JOURNAL,
        /** The carrier took it, and does not ask for money. */
        NOT_ON_INVOICE,
        TWICE_ON_INVOICE,
        AMOUNT,
        CURRENCY,
        SEGMENTS,
        DESTINATION;

        /** {@code not-on-invoice}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One thing that they do not agree on.
     *
     * @param line of the invoice; 0 where it is not on it
     * @param unit 0 where the journal does not know it
     */
    public record Disagreement(Kind kind, long line, String messageId, long unit, String invoice, String journal) {}

    /**
     * What came of it.
     *
     * @param matched messages that both know, whether or not they agree on the amount
     * @param openUnits of these, messages whose unit has not ended, so that no amount is known yet
     * @param invoiced sum of the amounts on the invoice
     * @param expected sum of the amounts by our decks, for messages taken in the span of time
     */
    public record Result(
            List<Disagreement> disagreements, long lines, long matched, long openUnits, long invoiced, long expected) {}

    /**
     * A reconciliation.
     *
     * @param fromMs messages that the carrier took at this time or later must be on the invoice
     * @param toMs and before this
     */
    public Reconciliation(final String carrier, final BillingConfig billing, final long fromMs, final long toMs) {
        this.carrier = carrier;
        this.fromMs = fromMs;
        this.toMs = toMs;
        rater = new Rater(billing, names);
    }

    @Override
    public void onRecord(final RecordView record) {
        if (record.templateId() == SegmentAnsweredDecoder.TEMPLATE_ID) {
            answered(record);
        }
        fold.onRecord(record);
    }

    /** Whether the journal knows the carrier. */
    public boolean knowsCarrier() {
        return names.carrierNumber(carrier) != 0;
    }

    public NamesByNumber names() {
        return names;
    }

    private void answered(final RecordView record) {
        answered.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        if (carrierNumber == 0) {
            carrierNumber = names.carrierNumber(carrier);
        }
        if (answered.outcome() != TAKEN || answered.carrier() != carrierNumber) {
            return;
        }
        final byte[] id = new byte[answered.messageIdLength()];
        answered.getMessageId(id, 0, id.length);
        final Taken taken = new Taken(
                key(new String(id, StandardCharsets.ISO_8859_1)),
                record.unitId(),
                TimeUnit.NANOSECONDS.toMillis(record.wallTimeNs()));
        open.computeIfAbsent(taken.unit, unit -> new ArrayList<>(1)).add(taken);
        taken.earlier = byId.put(taken.id, taken);
        all.add(taken);
    }

    /** Ids are compared without regard to case: many carriers print hexadecimal ones in another than they send. */
    private static String key(final String id) {
        return id.strip().toLowerCase(Locale.ROOT);
    }

    private void unit(final UnitFacts facts) {
        final List<Taken> parts = open.remove(facts.unit);
        if (parts == null) {
            return;
        }
        rater.rate(facts, rated);
        for (int taker = 0; taker < facts.takers(); taker++) {
            if (facts.takerCarrier(taker) == carrierNumber) {
                settle(parts, facts, taker);
            }
        }
    }

    private void settle(final List<Taken> parts, final UnitFacts facts, final int taker) {
        final RateBook rates = rater.rates();
        final int segmentsEach = Math.max(1, facts.taken(taker) / parts.size());
        final int costRow = rated.costRow(taker);
        final int feeRow = rated.feeRow(taker);
        final long cost = costRow == RateBook.NO_RATE ? 0 : rates.micros(costRow);
        final long fee = feeRow == RateBook.NO_RATE ? 0 : rates.micros(feeRow);
        // By the outcome a carrier may be owed for fewer than it took, and never for more of one part than the part
        // has.
        int costSegments = rated.costSegments(taker);
        int feeSegments = rated.feeSegments(taker);
        for (final Taken part : parts) {
            part.to = facts.destination;
            part.segments = segmentsEach;
            if (rated.costSegments(taker) == 0 || costRow != RateBook.NO_RATE) {
                final int costed = Math.min(costSegments, segmentsEach);
                final int charged = Math.min(feeSegments, segmentsEach);
                part.amount = Math.addExact(Math.multiplyExact(cost, costed), Math.multiplyExact(fee, charged));
                part.currency = part.amount == 0 ? "" : rates.currency(costed > 0 ? costRow : feeRow);
                costSegments -= costed;
                feeSegments -= charged;
            }
        }
    }

    /** Which one a line speaks of: the oldest that no line has spoken of yet, of the same number where there is one; else the newest. */
    private Taken taken(final Invoice.Line line) {
        final Taken newest = byId.get(key(line.messageId()));
        Taken oldest = null;
        Taken sameNumber = null;
        for (Taken each = newest; each != null; each = each.earlier) {
            if (!each.billed) {
                oldest = each;
                sameNumber = line.to().equals(Long.toString(each.to)) ? each : sameNumber;
            }
        }
        return sameNumber != null ? sameNumber : oldest != null ? oldest : newest;
    }

    /** Compares. Once, when all records have been read. */
    public Result compare(final Invoice invoice) {
        final List<Disagreement> found = new ArrayList<>();
        long matched = 0;
        long stillOpen = 0;
        long invoiced = 0;
        for (final Invoice.Line line : invoice.lines()) {
            invoiced = Math.addExact(invoiced, line.amount() == Micros.NONE ? 0 : line.amount());
            final Taken taken = taken(line);
            if (taken == null) {
                found.add(new Disagreement(
                        Kind.NOT_IN_JOURNAL, line.line(), line.messageId(), 0, amount(line.amount()), "never taken"));
            } else if (taken.billed) {
                found.add(new Disagreement(
                        Kind.TWICE_ON_INVOICE,
                        line.line(),
                        line.messageId(),
                        taken.unit,
                        amount(line.amount()),
                        "once"));
            } else {
                taken.billed = true;
                matched++;
                stillOpen += open.containsKey(taken.unit) ? 1 : 0;
                compare(line, taken, found);
            }
        }
        long expected = 0;
        final List<Taken> due = all.stream()
                .filter(taken -> taken.atMs >= fromMs && taken.atMs < toMs)
                .sorted(Comparator.comparingLong((Taken taken) -> taken.unit).thenComparing(taken -> taken.id))
                .toList();
        for (final Taken taken : due) {
            expected = Math.addExact(expected, taken.amount == Micros.NONE ? 0 : taken.amount);
            if (!taken.billed && taken.amount != 0) {
                found.add(new Disagreement(Kind.NOT_ON_INVOICE, 0, taken.id, taken.unit, "", amount(taken.amount)));
            }
        }
        return new Result(found, invoice.lines().size(), matched, stillOpen, invoiced, expected);
    }

    private static void compare(final Invoice.Line line, final Taken taken, final List<Disagreement> found) {
        if (line.amount() != Micros.NONE && taken.amount != Micros.NONE && line.amount() != taken.amount) {
            add(found, Kind.AMOUNT, line, taken, amount(line.amount()), amount(taken.amount));
        }
        if (!line.currency().isEmpty()
                && !taken.currency.isEmpty()
                && !line.currency().equalsIgnoreCase(taken.currency)) {
            add(found, Kind.CURRENCY, line, taken, line.currency(), taken.currency);
        }
        if (line.segments() >= 0 && taken.to != 0 && line.segments() != taken.segments) {
            add(found, Kind.SEGMENTS, line, taken, Long.toString(line.segments()), Long.toString(taken.segments));
        }
        if (!line.to().isEmpty() && taken.to != 0 && !line.to().equals(Long.toString(taken.to))) {
            add(found, Kind.DESTINATION, line, taken, line.to(), Long.toString(taken.to));
        }
    }

    private static void add(
            final List<Disagreement> found,
            final Kind kind,
            final Invoice.Line line,
            final Taken taken,
            final String invoice,
            final String journal) {
        found.add(new Disagreement(kind, line.line(), line.messageId(), taken.unit, invoice, journal));
    }

    private static String amount(final long micros) {
        return micros == Micros.NONE ? "" : Micros.text(micros);
    }
}
