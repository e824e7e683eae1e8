package io.trunkline.gateway.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** One value of a row, as people read it; the unit is at the end of the column's name. */
final class Cell {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Cell() {}

    /** {@code sinceMs} gives {@code SINCE}, {@code inFlight} gives {@code IN FLIGHT}. */
    static String header(final String column) {
        return column.replaceFirst("(Ms|Ns|Bytes)$", "")
                .replaceAll("([a-z])([A-Z])", "$1 $2")
                .toUpperCase(Locale.ROOT);
    }

    /** The value; a dash where there is none. */
    static String of(final String column, final JsonNode value) {
        if (value == null || value.isNull() || value.asString("-").isEmpty()) {
            return "-";
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? "yes" : "no";
        }
        if (!value.isNumber()) {
            return value.asString();
        }
        if (column.equals("oldestMs")) {
            return duration(Duration.ofMillis(value.longValue()));
        }
        if (column.endsWith("Ns")) {
            return String.format(Locale.ROOT, "%.3f ms", value.longValue() / 1e6);
        }
        if (column.endsWith("Ms")) {
            return value.longValue() == 0 ? "-" : TIME.format(Instant.ofEpochMilli(value.longValue()));
        }
        if (column.endsWith("ytes")) {
            return size(value.longValue());
        }
        if (value.isIntegralNumber()) {
            return String.valueOf(value.longValue());
        }
        final double number = value.doubleValue();
        return number == Math.rint(number) ? String.valueOf((long) number) : String.format(Locale.ROOT, "%.1f", number);
    }

    private static String duration(final Duration age) {
        if (age.isZero()) {
            return "-";
        }
        if (age.toSeconds() < 1) {
            return age.toMillis() + "ms";
        }
        if (age.toMinutes() < 2) {
            return age.toSeconds() + "s";
        }
        return age.toHours() < 2 ? age.toMinutes() + "m" : age.toHours() + "h";
    }

    private static String size(final long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1024 && unit < SIZES.length - 1) {
            amount /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, SIZES[unit]);
    }
}
