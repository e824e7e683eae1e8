package io.trunkline.gateway.billing;

import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.routing.rates.RateBook;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.SortedMap;
import java.util.TreeMap;

/** What tenants have used: totals by day, tenant and service, of messages that ended. Days are those of the configured zone. */
public final class Usage implements RecordHandler {
    private final NamesByNumber names = new NamesByNumber();
    private final UnitFold fold = new UnitFold(names, this::unit);
    private final Rater rater;
    private final Rated rated = new Rated();
    private final ZoneId zone;
    private final long fromMs;
    private final long toMs;
    private final SortedMap<Key, Totals> totals = new TreeMap<>();
    private long dayBeginMs;
    private long dayEndMs;
    private LocalDate day;

    /**
     * What is summed up together.
     *
     * @param day on which the unit ended
     */
    public record Key(LocalDate day, String tenant, String service) implements Comparable<Key> {
        @Override
        public int compareTo(final Key other) {
            final int byDay = day.compareTo(other.day);
            final int byTenant = byDay == 0 ? tenant.compareTo(other.tenant) : byDay;
            return byTenant == 0 ? service.compareTo(other.service) : byTenant;
        }
    }

    /** Sums. */
    public static final class Totals {
        private long units;
        private long segments;
        private long billed;
        private long price;
        private long missing;
        private String currency = "";

        public long units() {
            return units;
        }

        public long segments() {
            return segments;
        }

        /** Segments that the tenant pays for; of calls, seconds. */
        public long billed() {
            return billed;
        }

        /** In {@link io.trunkline.routing.rates.Micros}. */
        public long price() {
            return price;
        }

        /** Units that something is owed for, and that have no price. */
        public long missing() {
            return missing;
        }

        /** Empty where nothing has a price. */
        public String currency() {
            return currency;
        }
    }

    /**
     * An empty sum.
     *
     * @param fromMs units that ended at this time or later, milliseconds since the epoch
     * @param toMs and before this
     */
    public Usage(final BillingConfig billing, final long fromMs, final long toMs) {
        rater = new Rater(billing, names);
        zone = billing.settings().zone();
        this.fromMs = fromMs;
        this.toMs = toMs;
    }

    @Override
    public void onRecord(final RecordView record) {
        fold.onRecord(record);
    }

    public NamesByNumber names() {
        return names;
    }

    private void unit(final UnitFacts facts) {
        if (facts.closedAtMs < fromMs || facts.closedAtMs >= toMs) {
            return;
        }
        rater.rate(facts, rated);
        final Key key = new Key(day(facts.closedAtMs), names.tenant(facts.tenant), facts.service.word());
        final Totals sum = totals.computeIfAbsent(key, added -> new Totals());
        sum.units++;
        sum.segments += facts.segments;
        sum.billed += facts.service.isCall() ? rated.priceSeconds : rated.priceSegments;
        sum.price = Math.addExact(sum.price, rated.price);
        sum.missing += rated.priceMissing ? 1 : 0;
        if (rated.priceRow != RateBook.NO_RATE) {
            sum.currency = rater.rates().currency(rated.priceRow);
        }
    }

    private LocalDate day(final long ms) {
        if (day == null || ms < dayBeginMs || ms >= dayEndMs) {
            day = Instant.ofEpochMilli(ms).atZone(zone).toLocalDate();
            dayBeginMs = day.atStartOfDay(zone).toInstant().toEpochMilli();
            dayEndMs = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
        }
        return day;
    }

    /** By day, tenant and service. */
    public SortedMap<Key, Totals> totals() {
        return totals;
    }
}
