package io.trunkline.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimeWindowTest {
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("America/St_Johns"),
            ZoneId.of("Asia/Kathmandu"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("UTC"));

    private static boolean isOpen(final TimeWindow window, final Instant instant) {
        return new WindowTable(List.of(window)).isOpen(1, instant.getEpochSecond());
    }

    private static boolean byCalendar(final TimeWindow window, final Instant instant) {
        if (instant.isBefore(window.from()) || !instant.isBefore(window.until())) {
            return false;
        }
        final ZonedDateTime local = instant.atZone(window.zone());
        final int minute = local.getHour() * 60 + local.getMinute();
        final boolean today = window.days().contains(local.getDayOfWeek());
        final boolean yesterday = window.days().contains(local.getDayOfWeek().minus(1));
        return window.fromMinute() < window.toMinute()
                ? today && minute >= window.fromMinute() && minute < window.toMinute()
                : (today && minute >= window.fromMinute()) || (yesterday && minute < window.toMinute());
    }

    @Test
    void aWindowIsOpenWhenTheCalendarSaysSoAlsoWhereClocksChange() {
        final long seed = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println("TimeWindowTest: -Dtrunkline.seed=" + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            final Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(random.nextInt(1, 8)));
            days.add(DayOfWeek.of(random.nextInt(1, 8)));
            final Instant from = Instant.ofEpochSecond(1_600_000_000L + random.nextInt(200_000_000));
            final TimeWindow window = new TimeWindow(
                    days,
                    random.nextInt(1440),
                    random.nextInt(1441),
                    ZONES.get(random.nextInt(ZONES.size())),
                    random.nextBoolean() ? Instant.MIN : from,
                    from.plusSeconds(100_000_000));
            for (int at = 0; at < 100; at++) {
                final Instant instant = Instant.ofEpochSecond(1_600_000_000L + random.nextInt(400_000_000));
                assertThat(isOpen(window, instant))
                        .as("seed %d: %s at %s", seed, window, instant)
                        .isEqualTo(byCalendar(window, instant));
            }
        }
    }

    @Test
    void aWindowOverMidnightBelongsToTheDayOnWhichItBegins() {
        final TimeWindow friday = TimeWindow.weekly(Set.of(DayOfWeek.FRIDAY), 22 * 60, 6 * 60, ZoneId.of("UTC"));
        assertThat(isOpen(friday, Instant.parse("2026-11-20T21:59:59Z"))).isFalse();
        assertThat(isOpen(friday, Instant.parse("2026-11-20T22:00:00Z"))).isTrue();
        assertThat(isOpen(friday, Instant.parse("2026-11-21T05:59:59Z"))).isTrue();
        assertThat(isOpen(friday, Instant.parse("2026-11-21T06:00:00Z"))).isFalse();
        assertThat(isOpen(friday, Instant.parse("2026-11-21T22:00:00Z"))).isFalse();
    }

    @Test
    void whatIsNoWindowIsRefused() {
        final ZoneId utc = ZoneId.of("UTC");
        assertThatIllegalArgumentException().isThrownBy(() -> TimeWindow.weekly(Set.of(), 0, 1440, utc));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeWindow.weekly(Set.of(DayOfWeek.MONDAY), 0, 1441, utc));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeWindow(
                        Set.of(DayOfWeek.MONDAY), 0, 1440, utc, Instant.ofEpochSecond(2), Instant.ofEpochSecond(2)));
    }
}
