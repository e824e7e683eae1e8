package io.trunkline.gateway.carrier;

import io.trunkline.gateway.config.MessageProfile;
import io.trunkline.smpp.codec.OutboundSm;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes validity_period (SMPP 3.4 §7.1.1): sixteen characters {@code YYMMDDhhmmsstnnp}, as a span ({@code R}) or as a
 * time in UTC ({@code 00+}), which is the form that carriers agree on.
 */
final class ValidityPeriod {
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int MAX_DAYS = 63;
    private static final byte[] RELATIVE_END = {'0', '0', '0', 'R'};
    private static final byte[] UTC_END = {'0', '0', '0', '+'};

    private final MessageProfile.Validity form;
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[OutboundSm.TIME_LENGTH]);

    /** An absolute time changes once a second at most: it is written anew only then. */
    private long writtenSecond = -1;

    ValidityPeriod(final MessageProfile.Validity form) {
        this.form = form;
    }

    void write(final OutboundSm sm, final long expiresAtMs, final long nowMs) {
        switch (form) {
            case OMIT -> {
                return;
            }
            case RELATIVE -> relative(Math.max(1, (expiresAtMs - nowMs) / 1000));
            case ABSOLUTE -> absolute(expiresAtMs / 1000);
        }
        sm.validity(text, 0, OutboundSm.TIME_LENGTH);
    }

    private void relative(final long seconds) {
        final int days = (int) Math.min(MAX_DAYS, seconds / SECONDS_PER_DAY);
        final int rest = (int) (seconds % SECONDS_PER_DAY);
        // Months of 30 days, as the spans are meant to be: years, months, days, hours, minutes, seconds.
        pair(0, 0);
        pair(2, days / 30);
        pair(4, days % 30);
        pair(6, rest / 3600);
        pair(8, rest / 60 % 60);
        pair(10, rest % 60);
        text.putBytes(12, RELATIVE_END);
        writtenSecond = -1;
    }

    private void absolute(final long second) {
        if (second == writtenSecond) {
            return;
        }
        writtenSecond = second;
        final LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochSecond(second), ZoneOffset.UTC);
        pair(0, time.getYear() % 100);
        pair(2, time.getMonthValue());
        pair(4, time.getDayOfMonth());
        pair(6, time.getHour());
        pair(8, time.getMinute());
        pair(10, time.getSecond());
        text.putBytes(12, UTC_END);
    }

    private void pair(final int at, final int value) {
        text.putByte(at, (byte) ('0' + value / 10));
        text.putByte(at + 1, (byte) ('0' + value % 10));
    }
}
