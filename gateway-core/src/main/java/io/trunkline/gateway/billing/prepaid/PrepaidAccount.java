package io.trunkline.gateway.billing.prepaid;

import io.trunkline.gateway.config.Tenant.Prepaid;
import io.trunkline.routing.rates.Micros;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** One prepaid tenant: what it has used in the current period, and what its open messages would come to. */
final class PrepaidAccount {
    private final String tenant;
    private final Prepaid terms;
    private final ZoneId zone;
    /** Units that ended at or before this sequence are in {@link #used} already. */
    private final long countedTo;

    private long periodBeginMs;
    private long periodEndMs;
    private long used;
    private long open;
    private String currency;

    /**
     * An account.
     *
     * @param zone of days and months
     * @param before what it had come to; null for one that begins
     * @param countedTo record of the journal that it had come to
     */
    PrepaidAccount(
            final String tenant,
            final Prepaid terms,
            final ZoneId zone,
            final PrepaidState.Kept before,
            final long countedTo) {
        this.tenant = tenant;
        this.terms = terms;
        this.zone = zone;
        this.countedTo = before == null ? 0 : countedTo;
        currency = before == null ? "" : before.currency();
        used = before == null ? 0 : before.used();
        periodBeginMs = before == null ? 0 : before.sinceMs();
        periodEndMs = endOf(periodBeginMs);
    }

    String tenant() {
        return tenant;
    }

    Prepaid terms() {
        return terms;
    }

    /** A message was accepted that may come to so much. */
    void reserve(final long micros) {
        open = Math.addExact(open, micros);
    }

    /** It is open no more. */
    void release(final long micros) {
        open = Math.subtractExact(open, micros);
    }

    /** A message ended, and this is owed for it. */
    void use(final long sequence, final long atMs, final long micros, final String itsCurrency) {
        if (sequence <= countedTo) {
            return;
        }
        if (atMs >= periodEndMs) {
            periodBeginMs = beginOf(atMs);
            periodEndMs = endOf(periodBeginMs);
            used = 0;
        }
        used = Math.addExact(used, micros);
        currency = itsCurrency.isEmpty() ? currency : itsCurrency;
    }

    PrepaidState.Kept kept() {
        return new PrepaidState.Kept(terms.per(), periodBeginMs, used, currency);
    }

    /** How it stands at a time. A period that is over counts no more, even when nothing has been used since. */
    PrepaidStanding standing(final long nowMs) {
        final boolean current = nowMs < periodEndMs;
        final long counted = current ? used : 0;
        final long sum = Math.addExact(counted, open);
        final long notify = terms.notifyAt().map(PrepaidAccount::micros).orElse(Long.MAX_VALUE);
        final long stop = terms.stopAt().map(PrepaidAccount::micros).orElse(Long.MAX_VALUE);
        final PrepaidStanding.Level level = sum >= stop
                ? PrepaidStanding.Level.STOPPED
                : sum >= notify ? PrepaidStanding.Level.NOTIFIED : PrepaidStanding.Level.BELOW;
        final long since = current ? periodBeginMs : beginOf(nowMs);
        return new PrepaidStanding(tenant, terms, since, counted, open, currency, level);
    }

    private static long micros(final int units) {
        return units * Micros.ONE;
    }

    private long beginOf(final long ms) {
        return switch (terms.per()) {
            case DAY -> ms(date(ms));
            case MONTH -> ms(date(ms).withDayOfMonth(1));
            case EVER -> 0;
        };
    }

    /** Behind the period that begins then. */
    private long endOf(final long beginMs) {
        return switch (terms.per()) {
            case DAY -> ms(date(beginMs).plusDays(1));
            case MONTH -> ms(date(beginMs).plusMonths(1));
            case EVER -> Long.MAX_VALUE;
        };
    }

    private LocalDate date(final long ms) {
        return Instant.ofEpochMilli(ms).atZone(zone).toLocalDate();
    }

    private long ms(final LocalDate day) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
