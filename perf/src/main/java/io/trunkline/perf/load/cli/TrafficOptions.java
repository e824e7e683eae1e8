package io.trunkline.perf.load.cli;

import io.trunkline.perf.load.ArrivalFile;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.Schedule;
import io.trunkline.upstream.codec.MessageClass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/**
 * When units leave and what they are: the options that every sending role shares. Methods throw {@link
 * IllegalArgumentException} with a sentence for the user where the options make no sense.
 */
public final class TrafficOptions {
    private static final long MOST_FIRST_UNIT = 10_000_000_000L;

    @Option(names = "--rate", paramLabel = "PER_SECOND", description = "Open loop at a constant rate.")
    private Double rate;

    @Option(names = "--ramp", paramLabel = "FROM..TO", description = "Open loop, rate rising over the whole --for.")
    private String ramp;

    @Option(
            names = "--steps",
            paramLabel = "RATExSECONDS",
            split = ",",
            description = "Open loop, one rate after another: 1000x10,2000x10,5000x10.")
    private List<String> steps = List.of();

    @Option(
            names = "--burst",
            paramLabel = "RATE+SIZE/SECONDS",
            description = "Open loop, a constant rate and bursts: 500+2000/10 is 500/s and 2,000 at once every 10 s.")
    private String burst;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Open loop, recorded arrivals: a CSV whose first column is a time (seconds or ISO 8601).")
    private Path replay;

    @Option(names = "--replay-speed", paramLabel = "FACTOR", description = "2: twice as fast. Default: 1.")
    private double replaySpeed = 1;

    @Option(
            names = "--window",
            description = "Unanswered units per connection, at most. Without a rate: the closed loop's window. "
                    + "Default: ${DEFAULT-VALUE}.")
    private int window = 4096;

    @Option(
            names = "--open",
            paramLabel = "UNITS",
            description = "Closed loop: most units that are not terminal yet. Default: ${DEFAULT-VALUE}.")
    private int open = 100_000;

    @Option(names = "--for", paramLabel = "SECONDS", description = "How long to send: 30, 500ms, 2m, 2h. Default: 10.")
    private String length;

    @Option(names = "--count", paramLabel = "UNITS", description = "Most units to send.")
    private long count = Long.MAX_VALUE;

    @Option(
            names = "--length",
            split = ",",
            paramLabel = "FROM..TO[=WEIGHT]",
            description = "Characters: 40..140, or a mix as 20..70=8,161..300=2. Default: 40..140.")
    private List<String> lengths = List.of("40..140");

    @Option(
            names = "--alphabet",
            split = ",",
            paramLabel = "NAME[=WEIGHT]",
            description = "latin, german, cyrillic, arabic, cjk; several are mixed. Default: latin.")
    private List<String> alphabets = List.of("latin");

    @Option(
            names = "--class",
            split = ",",
            paramLabel = "NAME[=WEIGHT]",
            description = "otp, transactional, bulk; several are mixed. Default: transactional.")
    private List<String> classes = List.of("transactional");

    @Option(names = "--to", split = ",", description = "Beginnings of destinations, most frequent first (Zipf).")
    private List<String> prefixes = List.of("49151");

    @Option(names = "--from", description = "The sender. Default: ${DEFAULT-VALUE}.")
    private String from = "12025550100";

    @Option(
            names = "--messages",
            paramLabel = "FILE",
            description = "Real messages in place of made ones: a CSV with the columns to, text and, if wanted, class.")
    private Path messages;

    @Option(names = "--seed", description = "Seed of the mix. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--first-unit",
            description = "Number of the first unit, part of its client reference. Default: from the clock.")
    private long firstUnit = -1;

    @Option(names = "--spin", description = "Burn a core to send to the microsecond.")
    private boolean spin;

    /** When units leave. */
    public Schedule schedule() {
        if (Stream.of(rate, ramp, burst, replay).filter(given -> given != null).count() + (steps.isEmpty() ? 0 : 1)
                > 1) {
            throw new IllegalArgumentException(
                    "one schedule at a time: --rate, --ramp, --steps, --burst or --replay, or none for a closed loop");
        }
        if (rate != null) {
            return new Schedule.Constant(rate);
        }
        if (ramp != null) {
            final long[] rates = range("--ramp", ramp);
            return new Schedule.Ramp(rates[0], rates[1], duration(null).toNanos() / 1e9);
        }
        if (!steps.isEmpty()) {
            return new Schedule.Steps(steps.stream()
                    .map(step -> {
                        final double[] parts = numbers("--steps", step, "x", 2, "1000x10");
                        return new Schedule.Steps.Step(parts[0], parts[1]);
                    })
                    .toList());
        }
        if (burst != null) {
            final double[] parts = numbers("--burst", burst, "[+/]", 3, "500+2000/10");
            return new Schedule.Burst(parts[0], (long) parts[1], parts[2]);
        }
        return replay == null ? new Schedule.Closed() : ArrivalFile.read(replay, replaySpeed);
    }

    /** How long to send: as told, or as long as the schedule has something to say, or ten seconds. */
    public Duration duration(final Schedule schedule) {
        if (length != null) {
            return Durations.parse("--for", length);
        }
        if (schedule != null && schedule.lengthNs() != Schedule.NEVER) {
            return Duration.ofNanos(schedule.lengthNs());
        }
        return count == Long.MAX_VALUE ? Duration.ofSeconds(10) : Duration.ofDays(1);
    }

    /** Most units to send. */
    public long units(final Schedule schedule) {
        if (count < 1) {
            throw new IllegalArgumentException("--count is 1 at least, not " + count);
        }
        return Math.min(count, schedule.units());
    }

    /** What the made messages look like. */
    public MessageMix.Shape shape() {
        return new MessageMix.Shape(
                seed,
                lengths.stream().map(TrafficOptions::band).toList(),
                weighted("--alphabet", alphabets, MessageMix.Alphabet.class),
                weighted("--class", classes, MessageClass.class).stream()
                        .filter(each -> each != MessageClass.NULL_VAL)
                        .toList(),
                checkedPrefixes());
    }

    private List<String> checkedPrefixes() {
        for (final String prefix : prefixes) {
            if (!prefix.matches("[1-9][0-9]{0,13}")) {
                throw new IllegalArgumentException(
                        "--to wants digits of an international number such as 49151, not '" + prefix + "'");
            }
        }
        return prefixes;
    }

    /** The messages: made ones, or those of the file. */
    public MessageMix messages() {
        final MessageMix.Shape shape = shape();
        return messages == null
                ? new MessageMix(shape)
                : MessageMix.ofCsv(messages, shape.classes().get(0));
    }

    /** Number of the first unit. */
    public long firstUnit() {
        return firstUnit >= 0 ? firstUnit : System.currentTimeMillis() * 1000 % MOST_FIRST_UNIT;
    }

    public String from() {
        if (from.isEmpty() || from.length() > 15) {
            throw new IllegalArgumentException("--from has 1 to 15 characters: " + from);
        }
        return from;
    }

    public int window() {
        if (window < 1) {
            throw new IllegalArgumentException("--window is 1 at least, not " + window);
        }
        return window;
    }

    public int open() {
        if (open < 0) {
            throw new IllegalArgumentException("--open is 0 (no limit) at least, not " + open);
        }
        return open;
    }

    public long seed() {
        return seed;
    }

    public boolean spin() {
        return spin;
    }

    private static MessageMix.Band band(final String text) {
        final int equals = text.indexOf('=');
        final long[] ends = range("--length", equals < 0 ? text : text.substring(0, equals));
        return new MessageMix.Band((int) ends[0], (int) ends[1], equals < 0 ? 1 : weight(text, equals));
    }

    private static int weight(final String text, final int equals) {
        try {
            final int weight = Integer.parseInt(text.substring(equals + 1).strip());
            if (weight >= 1 && weight <= 1000) {
                return weight;
            }
        } catch (final NumberFormatException e) {
            throw badWeight(text, e);
        }
        throw badWeight(text, null);
    }

    private static IllegalArgumentException badWeight(final String text, final NumberFormatException cause) {
        return new IllegalArgumentException("a weight is a whole number from 1 to 1000, not '" + text + "'", cause);
    }

    /** A weight is told by repetition: the mix draws from the list. */
    private static <E extends Enum<E>> List<E> weighted(
            final String option, final List<String> texts, final Class<E> type) {
        final List<E> found = new ArrayList<>();
        for (final String text : texts) {
            final int equals = text.indexOf('=');
            final String name = equals < 0 ? text : text.substring(0, equals);
            final E value = Arrays.stream(type.getEnumConstants())
                    .filter(each -> each.name().equalsIgnoreCase(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(option + " does not know '" + name + "'; there are "
                            + Arrays.stream(type.getEnumConstants())
                                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                                    .filter(each -> !each.equals("null_val"))
                                    .collect(Collectors.joining(", "))));
            found.addAll(Collections.nCopies(equals < 0 ? 1 : weight(text, equals), value));
        }
        return found;
    }

    static long[] range(final String option, final String text) {
        final int dots = text.indexOf("..");
        try {
            if (dots < 0) {
                final long only = Long.parseLong(text.strip());
                return new long[] {only, only};
            }
            return new long[] {
                Long.parseLong(text.substring(0, dots).strip()),
                Long.parseLong(text.substring(dots + 2).strip())
            };
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(option + " wants FROM..TO, not '" + text + "'", e);
        }
    }

    private static double[] numbers(
            final String option, final String text, final String separator, final int count, final String example) {
        final String[] parts = text.strip().split(separator, -1);
        try {
            if (parts.length == count) {
                return Arrays.stream(parts)
                        .map(String::strip)
                        .mapToDouble(Double::parseDouble)
                        .toArray();
            }
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(option + " looks like " + example + ", not '" + text + "'", e);
        }
        throw new IllegalArgumentException(option + " looks like " + example + ", not '" + text + "'");
    }
}
