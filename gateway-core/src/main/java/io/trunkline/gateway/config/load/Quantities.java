package io.trunkline.gateway.config.load;

import io.trunkline.gateway.config.Size;
import java.time.Duration;

/** Reads durations ({@code 200ms 30s 5m 72h 7d}) and sizes ({@code 512B 64KiB 256MiB 2GiB}). */
public final class Quantities {
    private Quantities() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static Duration duration(final String text) {
        final int unit = unitAt(text);
        final long amount = Long.parseLong(text.substring(0, unit));
        return switch (text.substring(unit)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> throw new IllegalArgumentException("not a duration: " + text);
        };
    }

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static Size size(final String text) {
        final int unit = unitAt(text);
        final long amount = Long.parseLong(text.substring(0, unit));
        return new Size(
                switch (text.substring(unit)) {
                    case "B" -> amount;
                    case "KiB" -> amount << 10;
                    case "MiB" -> amount << 20;
                    case "GiB" -> amount << 30;
                    default -> throw new IllegalArgumentException("not a size: " + text);
                });
    }

    private static int unitAt(final String text) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > 9) {
            throw new IllegalArgumentException("no number, or too large a one: " + text);
        }
        return digits;
    }
}
