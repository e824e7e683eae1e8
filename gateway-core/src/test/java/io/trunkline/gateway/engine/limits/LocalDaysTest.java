package io.trunkline.gateway.engine.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalDaysTest {
    private static long ms(final String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    @ParameterizedTest
    @CsvSource({
        "America/Los_Angeles, 2026-03-08, 23",
        "America/Los_Angeles, 2026-11-01, 25",
        "America/Los_Angeles, 2026-11-21, 24",
        // Midnight itself is left out there: the day begins at one.
        "America/Havana, 2026-03-08, 23",
        "Australia/Lord_Howe, 2026-10-04, 23.5",
        "UTC, 2026-06-30, 24"
    })
    void aDayIsAsLongAsItsZoneMakesIt(final ZoneId zone, final LocalDate date, final double hours) {
        final LocalDays days = new LocalDays(zone);
        final long begin = date.atStartOfDay(zone).toInstant().toEpochMilli();

        assertThat(days.day(begin)).isEqualTo(date.toEpochDay());
        assertThat(days.leftMs(begin)).isEqualTo((long) (hours * 3_600_000));
        assertThat(days.day(begin - 1)).isEqualTo(date.toEpochDay() - 1);
        assertThat(days.leftMs(begin - 1)).isEqualTo(1);
        assertThat(days.day(begin + days.leftMs(begin))).isEqualTo(date.toEpochDay() + 1);
    }

    @Test
    void aDayThatTheCalendarLeftOutIsNoDay() {
        // Samoa went from the 29th to the 31st of December 2011.
        final LocalDays days = new LocalDays(ZoneId.of("Pacific/Apia"));
        final long lastMoment = ms("2011-12-30T09:59:59.999Z");

        assertThat(days.leftMs(lastMoment)).isEqualTo(1);
        assertThat(days.day(lastMoment + 1)).isEqualTo(days.day(lastMoment) + 2);
    }

    @Test
    void everyMomentOfTwoYearsIsOnTheDayThatTheZoneSays() {
        final ZoneId zone = ZoneId.of("America/Havana");
        final LocalDays days = new LocalDays(zone);
        ZonedDateTime at = ZonedDateTime.of(2025, 1, 1, 0, 0, 0, 0, zone);
        for (int step = 0; step < 2 * 366 * 48; step++) {
            assertThat(days.day(at.toInstant().toEpochMilli()))
                    .isEqualTo(at.toLocalDate().toEpochDay());
            at = at.plus(Duration.ofMinutes(30));
        }
    }
}
