package io.trunkline.routing;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The offsets of a time zone from 2000 to 2100 as two arrays; after that as at the end, before it as at the beginning. */
final class ZoneClock {
    private static final Instant BEGIN = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

    private final ZoneId zone;
    /** When an offset begins, in seconds of the epoch, ascending; the first is long ago. */
    private final long[] since;

    private final int[] offsetSeconds;

    ZoneClock(final ZoneId zone) {
        this.zone = zone;
        final ZoneRules rules = zone.getRules();
        final List<ZoneOffsetTransition> transitions = new ArrayList<>();
        ZoneOffsetTransition next = rules.nextTransition(BEGIN);
        while (next != null && next.getInstant().isBefore(END)) {
            transitions.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        since = new long[transitions.size() + 1];
        offsetSeconds = new int[since.length];
        since[0] = Long.MIN_VALUE;
        offsetSeconds[0] = rules.getOffset(BEGIN).getTotalSeconds();
        for (int i = 0; i < transitions.size(); i++) {
            since[i + 1] = transitions.get(i).toEpochSecond();
            offsetSeconds[i + 1] = transitions.get(i).getOffsetAfter().getTotalSeconds();
        }
    }

    ZoneId zone() {
        return zone;
    }

    /** Seconds to add to those of the epoch for local ones. */
    int offsetSeconds(final long epochSecond) {
        final int found = Arrays.binarySearch(since, epochSecond);
        return offsetSeconds[found >= 0 ? found : -found - 2];
    }
}
