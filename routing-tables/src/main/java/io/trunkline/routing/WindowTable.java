package io.trunkline.routing;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;

/** The time windows of a snapshot in flat arrays, so that asking whether one is open allocates nothing. Window 0 is always. */
final class WindowTable {
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int DAYS = 7;
    /** Within such a time every hour of every day of the week comes, wherever clocks are set forward. */
    private static final long EVERY_HOUR_SECONDS = 9L * SECONDS_OF_DAY;

    /** 1970-01-01 was a Thursday; Monday is 0. */
    private static final int FIRST_DAY = 3;

    private final int[] days;
    private final int[] fromMinute;
    private final int[] toMinute;
    private final long[] from;
    private final long[] until;
    private final ZoneClock[] zone;

    /** Compiles windows; the first of them is number 1. */
    WindowTable(final List<TimeWindow> windows) {
        final int size = windows.size() + 1;
        days = new int[size];
        fromMinute = new int[size];
        toMinute = new int[size];
        from = new long[size];
        until = new long[size];
        zone = new ZoneClock[size];
        final List<ZoneClock> zones = new ArrayList<>();
        for (int w = 1; w < size; w++) {
            final TimeWindow window = windows.get(w - 1);
            for (final DayOfWeek day : window.days()) {
                days[w] |= 1 << (day.getValue() - 1);
            }
            fromMinute[w] = window.fromMinute();
            toMinute[w] = window.toMinute();
            from[w] = window.from().getEpochSecond();
            until[w] = window.until().getEpochSecond();
            zone[w] = zones.stream()
                    .filter(known -> known.zone().equals(window.zone()))
                    .findFirst()
                    .orElseGet(() -> {
                        zones.add(new ZoneClock(window.zone()));
                        return zones.get(zones.size() - 1);
                    });
        }
    }

    /** How many there are beside the one that is always. */
    int size() {
        return zone.length - 1;
    }

    /** Whether a window will not open any more: its end has passed, or no hour that it names comes before its end. */
    boolean isOver(final int window, final long epochSecond) {
        long second = Math.max(epochSecond, from[window]);
        if (until[window] - second > EVERY_HOUR_SECONDS) {
            return false;
        }
        while (second < until[window] && !isOpen(window, second)) {
            // On to the next full minute, at which alone windows open.
            second += 60 - Math.floorMod(second, 60);
        }
        return second >= until[window];
    }

    /**
     * Whether a window is open.
     *
     * @param epochSecond of the unit
     */
    boolean isOpen(final int window, final long epochSecond) {
        if (window == RoutingSnapshot.ANY) {
            return true;
        }
        if (epochSecond < from[window] || epochSecond >= until[window]) {
            return false;
        }
        final long local = epochSecond + zone[window].offsetSeconds(epochSecond);
        final int minute = Math.floorMod(local, SECONDS_OF_DAY) / 60;
        final int day = Math.floorMod(Math.floorDiv(local, SECONDS_OF_DAY) + FIRST_DAY, DAYS);
        final int begin = fromMinute[window];
        final int end = toMinute[window];
        if (begin < end) {
            return on(window, day) && minute >= begin && minute < end;
        }
        return (minute >= begin && on(window, day)) || (minute < end && on(window, (day + DAYS - 1) % DAYS));
    }

    private boolean on(final int window, final int day) {
        return (days[window] >>> day & 1) != 0;
    }
}
