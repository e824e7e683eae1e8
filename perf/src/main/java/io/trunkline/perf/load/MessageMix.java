package io.trunkline.perf.load;

import io.trunkline.perf.Marker;
import io.trunkline.upstream.codec.MessageClass;
import java.nio.charset.StandardCharsets;
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
     * The shape of a mix.
     *
     * @param shortest characters of a text, at least {@link Marker#LENGTH}
     * @param longest characters of a text, at most 1,000
     * @param alphabets drawn from with equal weight; name one twice to have it twice as often
     * @param classes the same
     * @param prefixes beginnings of destinations, drawn from by Zipf's law: the first is the most frequent
     */
    public record Shape(
            long seed,
            int shortest,
            int longest,
            List<Alphabet> alphabets,
            List<MessageClass> classes,
            List<String> prefixes) {
        public Shape {
            alphabets = List.copyOf(alphabets);
            classes = List.copyOf(classes);
            prefixes = List.copyOf(prefixes);
            if (shortest < Marker.LENGTH || longest < shortest || longest > 1000) {
                throw new IllegalArgumentException(
                        "lengths " + shortest + ".." + longest + " are not within " + Marker.LENGTH + "..1000");
            }
            if (alphabets.isEmpty() || classes.isEmpty() || prefixes.isEmpty()) {
                throw new IllegalArgumentException("a mix needs an alphabet, a class and a prefix at least");
            }
        }

        /** Latin texts of 40 to 140 characters, one segment each, to one country. */
        public static Shape plain(final long seed) {
            return new Shape(
                    seed, 40, 140, List.of(Alphabet.LATIN), List.of(MessageClass.TRANSACTIONAL), List.of("49151"));
        }

        public Shape toPrefixes(final String... others) {
            return new Shape(seed, shortest, longest, alphabets, classes, List.of(others));
        }

        public Shape ofLength(final int from, final int to) {
            return new Shape(seed, from, to, alphabets, classes, prefixes);
        }

        public Shape withAlphabets(final Alphabet... others) {
            return new Shape(seed, shortest, longest, List.of(others), classes, prefixes);
        }
    }

    private final Shape shape;
    private final byte[][] texts = new byte[TEXTS][];
    private final int[][] markers = new int[TEXTS][];
    private final MessageClass[] classes = new MessageClass[TEXTS];
    private final byte[][] destinations = new byte[TEXTS][];

    public MessageMix(final Shape shape) {
        this.shape = shape;
        final SplittableRandom random = new SplittableRandom(shape.seed());
        final double[] zipf = zipf(shape.prefixes().size());
        for (int i = 0; i < TEXTS; i++) {
            final Alphabet alphabet =
                    shape.alphabets().get(random.nextInt(shape.alphabets().size()));
            make(i, alphabet, random.nextInt(shape.shortest(), shape.longest() + 1), random);
            classes[i] = shape.classes().get(random.nextInt(shape.classes().size()));
            destinations[i] = destination(shape.prefixes().get(draw(zipf, random)));
        }
    }

    public Shape shape() {
        return shape;
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
        final byte[] number = new byte[Math.min(MAX_NUMBER, prefix.length() + 7)];
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
        long rest = unit;
        for (int i = number.length - 1; i >= number.length - 6; i--) {
            number[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return number;
    }

    public MessageClass messageClass(final long unit) {
        return classes[index(unit)];
    }

    private static int index(final long unit) {
        // Neighbours should differ: a Fibonacci hash of the number.
        return (int) ((unit * 0x9E3779B97F4A7C15L) >>> 53);
    }

    /** Bytes of a character at most, for those who size buffers. */
    static int widest(final List<Alphabet> alphabets) {
        return alphabets.stream().mapToInt(a -> a.bytesPerCharacter).max().orElse(1);
    }
}
