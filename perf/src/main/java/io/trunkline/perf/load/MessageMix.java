package io.trunkline.perf.load;

import io.trunkline.perf.Marker;
import io.trunkline.upstream.codec.MessageClass;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is sent: a few thousand texts made beforehand from a seed, so that sending costs a copy and the marker's digits.
 * Unit {@code i} of a mix is always the same.
 */
public final class MessageMix {
    private static final int TEXTS = 2048;
    private static final int MAX_NUMBER = 15;
    /** Digits of a destination that are the unit's: ten million units have numbers of their own. */
    private static final int OWN_DIGITS = 7;

    /** Letters to make words of. */
    public enum Alphabet {
        LATIN("etaoin shrdlu cmfwyp vbgkqj xz ", 1),
        GERMAN("enisra tdhulc gmobwf kzpväß jyxq ", 2),
        CYRILLIC("оеаинт срвлкм дпуяыг збчйхж шюцщэф ", 2),
        ARABIC("الم نوي تبر ع دسفهك قحجشط صخ ", 2),
        CJK("的一是不了人我在有他这中大来上国 ", 3);

        private final String letters;
        private final int bytesPerCharacter;

        Alphabet(final String letters, final int bytesPerCharacter) {
            this.letters = letters;
            this.bytesPerCharacter = bytesPerCharacter;
        }
    }

    /**
     * Lengths that are equally likely.
     *
     * @param shortest characters of a text, at least {@link Marker#LENGTH}
     * @param longest characters of a text, at most 1,000
     * @param weight how often, against the other bands
     */
    public record Band(int shortest, int longest, int weight) {
        public Band {
            if (shortest < Marker.LENGTH || longest < shortest || longest > 1000) {
                throw new IllegalArgumentException(
                        "lengths " + shortest + ".." + longest + " are not within " + Marker.LENGTH + "..1000");
            }
            if (weight < 1 || weight > 1000) {
                throw new IllegalArgumentException("a weight is from 1 to 1000, not " + weight);
            }
        }
    }

    /**
     * The shape of a mix.
     *
     * @param lengths characters of a text
     * @param alphabets drawn from with equal weight; name one twice to have it twice as often
     * @param classes the same
     * @param prefixes beginnings of destinations, drawn from by Zipf's law: the first is the most frequent
     */
    public record Shape(
            long seed,
            List<Band> lengths,
            List<Alphabet> alphabets,
            List<MessageClass> classes,
            List<String> prefixes) {
        public Shape {
            alphabets = List.copyOf(alphabets);
            classes = List.copyOf(classes);
            prefixes = List.copyOf(prefixes);
            lengths = List.copyOf(lengths);
            if (lengths.isEmpty() || alphabets.isEmpty() || classes.isEmpty() || prefixes.isEmpty()) {
                throw new IllegalArgumentException("a mix needs a length, an alphabet, a class and a prefix at least");
            }
        }

        /** A shape with one band of lengths. */
        public Shape(
                final long seed,
                final int shortest,
                final int longest,
                final List<Alphabet> alphabets,
                final List<MessageClass> classes,
                final List<String> prefixes) {
            this(seed, List.of(new Band(shortest, longest, 1)), alphabets, classes, prefixes);
        }

        /** Latin texts of 40 to 140 characters, one segment each, to one country. */
        public static Shape plain(final long seed) {
            return new Shape(
                    seed,
                    List.of(new Band(40, 140, 1)),
                    List.of(Alphabet.LATIN),
                    List.of(MessageClass.TRANSACTIONAL),
                    List.of("49151"));
        }

        public Shape toPrefixes(final String... others) {
            return new Shape(seed, lengths, alphabets, classes, List.of(others));
        }

        public Shape ofClasses(final MessageClass... others) {
            return new Shape(seed, lengths, alphabets, List.of(others), prefixes);
        }

        public Shape ofLength(final int from, final int to) {
            return new Shape(seed, List.of(new Band(from, to, 1)), alphabets, classes, prefixes);
        }

        public Shape withAlphabets(final Alphabet... others) {
            return new Shape(seed, lengths, List.of(others), classes, prefixes);
        }
    }

    private final int size;
    private final boolean ownNumbers;
    private final byte[][] texts;
    private final int[][] markers;
    private final MessageClass[] classes;
    private final byte[][] destinations;

    public MessageMix(final Shape shape) {
        this(TEXTS, false);
        final SplittableRandom random = new SplittableRandom(shape.seed());
        final double[] zipf = zipf(shape.prefixes().size());
        for (int i = 0; i < TEXTS; i++) {
            final Alphabet alphabet =
                    shape.alphabets().get(random.nextInt(shape.alphabets().size()));
            make(i, alphabet, length(shape.lengths(), random), random);
            classes[i] = shape.classes().get(random.nextInt(shape.classes().size()));
            destinations[i] = destination(shape.prefixes().get(draw(zipf, random)));
        }
    }

    /**
     * The messages of a CSV with the columns {@code to}, {@code text} and {@code class}, one after another and from the
     * beginning again.
     *
     * @param otherwise the class of rows that name none
     * @throws IllegalArgumentException naming the line that is wrong
     */
    public static MessageMix ofCsv(final Path file, final MessageClass otherwise) {
        return new MessageMix(CsvMessages.read(file, otherwise));
    }

    /** Messages as they are, told one after another and from the beginning again. */
    MessageMix(final List<CsvMessages.Message> messages) {
        this(messages.size(), true);
        for (int i = 0; i < size; i++) {
            final CsvMessages.Message message = messages.get(i);
            texts[i] = message.text().getBytes(StandardCharsets.UTF_8);
            final int marker = message.text().indexOf(CsvMessages.PLACE);
            markers[i] = marker < 0
                    ? new int[0]
                    : new int[] {message.text().substring(0, marker).getBytes(StandardCharsets.UTF_8).length};
            classes[i] = message.messageClass();
            destinations[i] = message.to().getBytes(StandardCharsets.US_ASCII);
        }
    }

    private MessageMix(final int size, final boolean ownNumbers) {
        this.size = size;
        this.ownNumbers = ownNumbers;
        texts = new byte[size][];
        markers = new int[size][];
        classes = new MessageClass[size];
        destinations = new byte[size][];
    }

    private static int length(final List<Band> bands, final SplittableRandom random) {
        int drawn = random.nextInt(bands.stream().mapToInt(Band::weight).sum());
        for (final Band band : bands) {
            if (drawn < band.weight()) {
                return random.nextInt(band.shortest(), band.longest() + 1);
            }
            drawn -= band.weight();
        }
        throw new AssertionError("weights do not add up");
    }

    private void make(final int index, final Alphabet alphabet, final int characters, final SplittableRandom random) {
        final StringBuilder text = new StringBuilder(characters);
        final int[] at = new int[characters / Marker.STRIDE + 1];
        int found = 0;
        int bytes = 0;
        while (text.length() < characters) {
            final int position = text.length();
            if (position % Marker.STRIDE == 0 && position + Marker.LENGTH <= characters) {
                at[found++] = bytes;
                text.append("#00000000000");
                bytes += Marker.LENGTH;
            } else {
                final char letter = alphabet.letters.charAt(random.nextInt(alphabet.letters.length()));
                text.append(letter);
                bytes += String.valueOf(letter).getBytes(StandardCharsets.UTF_8).length;
            }
        }
        texts[index] = text.toString().getBytes(StandardCharsets.UTF_8);
        markers[index] = Arrays.copyOf(at, found);
    }

    private static byte[] destination(final String prefix) {
        final byte[] number = new byte[Math.min(MAX_NUMBER, prefix.length() + OWN_DIGITS)];
        Arrays.fill(number, (byte) '0');
        System.arraycopy(prefix.getBytes(StandardCharsets.US_ASCII), 0, number, 0, prefix.length());
        return number;
    }

    private static double[] zipf(final int count) {
        final double[] sums = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += 1.0 / (i + 1);
            sums[i] = sum;
        }
        return sums;
    }

    private static int draw(final double[] sums, final SplittableRandom random) {
        final double drawn = random.nextDouble() * sums[sums.length - 1];
        int at = 0;
        while (sums[at] < drawn) {
            at++;
        }
        return at;
    }

    /** The text of a unit, UTF-8, its markers set; overwritten by the next call for the same text. */
    public byte[] text(final long unit) {
        final int index = index(unit);
        final byte[] text = texts[index];
        for (final int at : markers[index]) {
            Marker.write(text, at, unit);
        }
        return text;
    }

    /** The destination of a unit, digits; overwritten as the text is. */
    public byte[] destination(final long unit) {
        final byte[] number = destinations[index(unit)];
        if (ownNumbers) {
            return number;
        }
        // At full length the prefix may have left no more than six.
        final int own = number.length < MAX_NUMBER ? OWN_DIGITS : OWN_DIGITS - 1;
        long rest = unit;
        for (int i = number.length - 1; i >= number.length - own; i--) {
            number[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return number;
    }

    public MessageClass messageClass(final long unit) {
        return classes[index(unit)];
    }

    private int index(final long unit) {
        if (ownNumbers) {
            return (int) (unit % size);
        }
        // Neighbours should differ: a Fibonacci hash of the number.
        return (int) ((unit * 0x9E3779B97F4A7C15L) >>> 53);
    }

    /** Bytes of a character at most, for those who size buffers. */
    static int widest(final List<Alphabet> alphabets) {
        return alphabets.stream().mapToInt(a -> a.bytesPerCharacter).max().orElse(1);
    }
}
