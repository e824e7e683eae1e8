package io.trunkline.routing;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;

/**
 * When a row counts: on some days of the week, between two times of day, in a zone, and between two instants. A window
 * that ends at or before its beginning goes on over midnight, and belongs to the day on which it begins.
 *
 * @param days at least one
 * @param fromMinute of the day, 0..1439
 * @param toMinute of the day, exclusive, 0..1440; 0..1440 is the whole day
 * @param from inclusive
 * @param until exclusive
 */
public record TimeWindow(Set<DayOfWeek> days, int fromMinute, int toMinute, ZoneId zone, Instant from, Instant until) {
    public static final int MINUTES_OF_DAY = 24 * 60;

    public TimeWindow {
        days = Set.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a time window without days");
        }
        if (fromMinute < 0 || fromMinute >= MINUTES_OF_DAY || toMinute < 0 || toMinute > MINUTES_OF_DAY) {
            throw new IllegalArgumentException(
                    "from minute " + fromMinute + " to minute " + toMinute + " is not within a day");
        }
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("a time window from " + from + " until " + until);
        }
    }

    /** Every week, without beginning and end. */
    public static TimeWindow weekly(
            final Set<DayOfWeek> days, final int fromMinute, final int toMinute, final ZoneId zone) {
        return new TimeWindow(days, fromMinute, toMinute, zone, Instant.MIN, Instant.MAX);
    }
}
