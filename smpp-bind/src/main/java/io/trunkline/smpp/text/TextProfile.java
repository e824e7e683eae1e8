package io.trunkline.smpp.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How texts are written for one carrier. Immutable; built at configuration time, shared by all that write to the carrier. */
public final class TextProfile {
    /** More than 255 segments cannot be numbered (3GPP TS 23.040 §9.2.3.24.1). */
    public static final int MAX_SEGMENTS = 255;

    public static final int DEFAULT_MAX_SEGMENTS = 10;

    /** Unpacked GSM 03.38 as data_coding 0, UCS-2 as 8, 8-bit user data headers, ten segments, nothing replaced. */
    public static final TextProfile DEFAULT = builder().build();

    private final DefaultAlphabet defaultAlphabet;
    private final boolean latin1;
    private final Concatenation concatenation;
    private final int gsm7DataCoding;
    private final int latin1DataCoding;
    private final int ucs2DataCoding;
    private final int maxSegments;
    private final boolean smartReplacement;
    private final Gsm7Alphabet[] national;

    private TextProfile(final Builder builder) {
        defaultAlphabet = builder.defaultAlphabet;
        latin1 = builder.latin1 && defaultAlphabet != DefaultAlphabet.UCS2_ONLY;
        concatenation = builder.concatenation;
        gsm7DataCoding = builder.gsm7DataCoding;
        // As the default alphabet Latin-1 is what data_coding 0 says.
        latin1DataCoding = defaultAlphabet == DefaultAlphabet.LATIN1 ? 0 : builder.latin1DataCoding;
        ucs2DataCoding = builder.ucs2DataCoding;
        maxSegments = builder.maxSegments;
        smartReplacement = builder.smartReplacement;
        national = gsm7() ? alphabets(builder.nationalLanguages) : new Gsm7Alphabet[0];
    }

    /** Per language the single shift alone, the locking shift alone, and both: the fewer header octets first. */
    private static Gsm7Alphabet[] alphabets(final List<NationalLanguage> languages) {
        final List<Gsm7Alphabet> alphabets = new ArrayList<>();
        for (final NationalLanguage language : languages) {
            alphabets.add(new Gsm7Alphabet(NationalLanguage.DEFAULT, language));
            if (language.hasLockingShift()) {
                alphabets.add(new Gsm7Alphabet(language, NationalLanguage.DEFAULT));
                alphabets.add(new Gsm7Alphabet(language, language));
            }
        }
        return alphabets.toArray(new Gsm7Alphabet[0]);
    }

    public static Builder builder() {
        return new Builder();
    }

    public DefaultAlphabet defaultAlphabet() {
        return defaultAlphabet;
    }

    /** Latin-1 may be written, be it as the default alphabet or with its own data_coding. */
    public boolean latin1() {
        return latin1 || defaultAlphabet == DefaultAlphabet.LATIN1;
    }

    public Concatenation concatenation() {
        return concatenation;
    }

    /** data_coding of GSM 03.38 and ASCII, 0..255. */
    public int gsm7DataCoding() {
        return gsm7DataCoding;
    }

    /** data_coding of Latin-1, 0..255; 0 where it is the default alphabet. */
    public int latin1DataCoding() {
        return latin1DataCoding;
    }

    /** data_coding of UCS-2, 0..255. */
    public int ucs2DataCoding() {
        return ucs2DataCoding;
    }

    /** Segments that one message may have, 1..255. */
    public int maxSegments() {
        return maxSegments;
    }

    /** Look-alikes are replaced where that saves segments. */
    public boolean smartReplacement() {
        return smartReplacement;
    }

    boolean gsm7() {
        return defaultAlphabet == DefaultAlphabet.GSM7 || defaultAlphabet == DefaultAlphabet.GSM7_PACKED;
    }

    boolean packed() {
        return defaultAlphabet == DefaultAlphabet.GSM7_PACKED;
    }

    Gsm7Alphabet[] national() {
        return national;
    }

    /** Collects a profile; what is not set keeps the value that {@link #DEFAULT} has. */
    public static final class Builder {
        private DefaultAlphabet defaultAlphabet = DefaultAlphabet.GSM7;
        private List<NationalLanguage> nationalLanguages = List.of();
        private boolean latin1;
        private Concatenation concatenation = Concatenation.UDH8;
        private int gsm7DataCoding;
        private int latin1DataCoding = 3;
        private int ucs2DataCoding = 8;
        private int maxSegments = DEFAULT_MAX_SEGMENTS;
        private boolean smartReplacement;

        private Builder() {}

        public Builder defaultAlphabet(final DefaultAlphabet value) {
            defaultAlphabet = Objects.requireNonNull(value);
            return this;
        }

        /** Languages whose tables the carrier passes on, in order of preference; {@code DEFAULT} among them counts for nothing. */
        public Builder nationalLanguages(final List<NationalLanguage> value) {
            nationalLanguages = value.stream()
                    .filter(language -> language != NationalLanguage.DEFAULT)
                    .distinct()
                    .toList();
            return this;
        }

        /** Latin-1 may be chosen before UCS-2. */
        public Builder latin1(final boolean value) {
            latin1 = value;
            return this;
        }

        public Builder concatenation(final Concatenation value) {
            concatenation = Objects.requireNonNull(value);
            return this;
        }

        public Builder gsm7DataCoding(final int value) {
            gsm7DataCoding = checkRange(value, 0, 255);
            return this;
        }

        public Builder latin1DataCoding(final int value) {
            latin1DataCoding = checkRange(value, 0, 255);
            return this;
        }

        public Builder ucs2DataCoding(final int value) {
            ucs2DataCoding = checkRange(value, 0, 255);
            return this;
        }

        public Builder maxSegments(final int value) {
            maxSegments = checkRange(value, 1, MAX_SEGMENTS);
            return this;
        }

        public Builder smartReplacement(final boolean value) {
            smartReplacement = value;
            return this;
        }

        private static int checkRange(final int value, final int min, final int max) {
            if (value < min || value > max) {
                throw new IllegalArgumentException(value + " is not within " + min + ".." + max);
            }
            return value;
        }

        public TextProfile build() {
            return new TextProfile(this);
        }
    }
}
