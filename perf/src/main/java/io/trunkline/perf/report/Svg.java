package io.trunkline.perf.report;

import java.util.Locale;

/** Pieces of SVG and HTML: numbers without exponents, text that cannot break out. */
final class Svg {
    private final StringBuilder text = new StringBuilder(8192);

    Svg add(final String format, final Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
        return this;
    }

    Svg raw(final CharSequence piece) {
        text.append(piece);
        return this;
    }

    static String escape(final String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A count for people: {@code 1,234} or {@code 1.23 M}. */
    static String count(final double value) {
        if (Math.abs(value) >= 999_999.5) {
            return String.format(Locale.ROOT, "%.2f M", value / 1e6);
        }
        return value == Math.rint(value) || Math.abs(value) >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
