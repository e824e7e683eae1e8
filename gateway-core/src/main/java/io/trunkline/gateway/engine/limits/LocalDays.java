package io.trunkline.gateway.engine.limits;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The calendar of a zone: which day it is, and when it ends. Days of 23 and 25 hours, and those that do not begin at
 * midnight, are as long as the zone's rules make them. What was found last is kept, so that it is worked out once a day.
 */
final class LocalDays {
    private final ZoneId zone;
    private long beginMs = Long.MAX_VALUE;
    private long endMs = Long.MIN_VALUE;
    private long day;

    LocalDays(final ZoneId zone) {
        this.zone = zone;
    }

    /** The day's number, ascending from day to day: days since 1970-01-01. */
    long day(final long nowMs) {
        locate(nowMs);
        return day;
    }

    /** Milliseconds until the next day begins, above 0. */
    long leftMs(final long nowMs) {
        locate(nowMs);
        return endMs - nowMs;
    }

    private void locate(final long nowMs) {
        if (nowMs >= beginMs && nowMs < endMs) {
            return;
        }
        final LocalDate date = Instant.ofEpochMilli(nowMs).atZone(zone).toLocalDate();
        day = date.toEpochDay();
        beginMs = date.atStartOfDay(zone).toInstant().toEpochMilli();
        endMs = date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
