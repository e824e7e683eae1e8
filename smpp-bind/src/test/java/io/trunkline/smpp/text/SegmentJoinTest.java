package io.trunkline.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Segments, read by a decoder that knows nothing of the one under test, make up the text again. */
class SegmentJoinTest {
    private static final int ROUNDS = 6000;
    private static final String LATIN = "abc XYZ 0189 @£$¥èéùìòÇØøÅå_ÆæßÉ!\"#¤%&'()ÄÖÑÜ§¿äöñüà\r\n";
    private static final String ESCAPED = "^{}\\[~]|€\f";
    private static final String WESTERN = "áâãêîõúÀÂÃÍ°©";
    private static final String TURKISH = "ıİğĞşŞç";
    private static final String HINDI = "नमस्ते दुनिया ०१२३ क़";
    private static final String WIDE = "ЖшцΨж中文字कखग";
    private static final String ASTRAL = "\ud83d\ude00\ud83d\udc4d\ud840\udc00";

    @Test
    void randomTextsComeTogetherAgainInEveryMode() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        int split = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final TextProfile profile = profile(random);
            final String text = text(random);
            final SegmentPlan plan = new SegmentPlan();
            final PlanResult result = Texts.plan(text, profile, plan);
            if (result == PlanResult.OK) {
                split += plan.pdus() > 1 ? 1 : 0;
                check(
                        plan,
                        profile,
                        text,
                        random,
                        "seed " + seed + " round " + round + " " + profile.defaultAlphabet() + " "
                                + profile.concatenation());
            } else {
                assertThat(result).isEqualTo(PlanResult.TOO_LONG);
            }
        }
        assertThat(split).isGreaterThan(ROUNDS / 10);
    }

    private static void check(
            final SegmentPlan plan,
            final TextProfile profile,
            final String text,
            final Random random,
            final String what) {
        assertThat(plan.replaced()).as(what).isZero();
        assertThat(plan.segments()).as(what).isLessThanOrEqualTo(profile.maxSegments());
        final StringBuilder joined = new StringBuilder();
        final List<byte[]> segments = new ArrayList<>();
        for (int i = 0; i < plan.pdus(); i++) {
            final byte[] segment = Texts.segment(plan, i);
            segments.add(segment);
            joined.append(SimpleReader.read(segment, plan, profile, i));
            if (!plan.payload()) {
                assertThat(SimpleReader.airOctets(segment, plan, profile))
                        .as(what)
                        .isLessThanOrEqualTo(140 - (!plan.sar() ? 0 : plan.esmClass() == 0 ? 6 : 5));
            }
        }
        // A carriage return at the very end may be doubled when it is packed; it then moves to the line's beginning
        // twice.
        final boolean doubled = profile.packed() && text.endsWith("\r") && joined.length() > text.length();
        final String expected = doubled ? text + "\r" : text;
        assertThat(escaped(joined.toString())).as(what).isEqualTo(escaped(expected));
        assertThat(escaped(reassembled(plan, profile, segments, random)))
                .as(what)
                .isEqualTo(escaped(expected));
    }

    /** So that a failure shows control characters. */
    private static String escaped(final String text) {
        return text.replace("\r", "<CR>").replace("\n", "<LF>").replace("\f", "<FF>");
    }

    private static String reassembled(
            final SegmentPlan plan, final TextProfile profile, final List<byte[]> segments, final Random random) {
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[256 * 1024]);
        final TextDecoder decoder = new TextDecoder();
        final boolean header = plan.esmClass() == SegmentPlan.UDHI;
        if (segments.size() == 1) {
            final byte[] only = segments.get(0);
            final int length =
                    decoder.decode(plan.dataCoding(), header, new UnsafeBuffer(only), 0, only.length, profile, dst, 0);
            assertThat(decoder.undecodable()).isZero();
            return string(dst, length);
        }
        final String[] result = new String[1];
        final Reassembler reassembler = new Reassembler(ReassemblyLimits.DEFAULT, new ReassemblyListener() {
            @Override
            public void onComplete(final ReassembledMessage message) {
                result[0] = string(dst, message.decode(decoder, profile, dst, 0));
            }

            @Override
            public void onIncomplete(final ReassembledMessage message, final Reason reason) {
                throw new AssertionError(reason);
            }
        });
        final List<Integer> order = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        for (final int i : order) {
            final InboundPart part = Parts.part("447700900001", "60001", segments.get(i), plan.dataCoding(), header);
            if (plan.sar()) {
                assertThat(part.sar(77, plan.segments(), i + 1)).isTrue();
            } else {
                assertThat(part.concatenation(
                                new UserDataHeader().parse(part.buffer, part.bodyOffset, part.bodyLength)))
                        .isTrue();
            }
            reassembler.offer(part, 0);
        }
        assertThat(decoder.undecodable()).isZero();
        return result[0];
    }

    private static String string(final UnsafeBuffer buffer, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static TextProfile profile(final Random random) {
        final DefaultAlphabet[] alphabets = DefaultAlphabet.values();
        final Concatenation[] modes = Concatenation.values();
        return TextProfile.builder()
                .defaultAlphabet(alphabets[random.nextInt(alphabets.length)])
                .concatenation(modes[random.nextInt(modes.length)])
                .latin1(random.nextBoolean())
                .nationalLanguages(
                        random.nextBoolean()
                                ? List.of(
                                        NationalLanguage.TURKISH,
                                        NationalLanguage.SPANISH,
                                        NationalLanguage.PORTUGUESE,
                                        NationalLanguage.HINDI)
                                : List.of())
                .maxSegments(random.nextInt(4) == 0 ? 2 : 255)
                .build();
    }

    private static String text(final Random random) {
        final String[] repertoires = {LATIN, ESCAPED, WESTERN, TURKISH, HINDI, WIDE, ASTRAL, "\r"};
        final StringBuilder text = new StringBuilder();
        final int[] codePoints =
                repertoires[random.nextInt(repertoires.length)].codePoints().toArray();
        final int[] others =
                repertoires[random.nextInt(repertoires.length)].codePoints().toArray();
        final int share = random.nextInt(3) == 0 ? 0 : random.nextInt(100);
        final int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 3000 : 400);
        for (int i = 0; i < length; i++) {
            final int[] from = random.nextInt(100) < share ? others : codePoints;
            text.appendCodePoint(from[random.nextInt(from.length)]);
        }
        if (random.nextInt(5) == 0) {
            // Packed, a carriage return at the end is a case of its own.
            text.append('\r');
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(NationalLanguage.class)
    void everyEntryOfEveryTableSurvivesUnpackedAndPacked(final NationalLanguage language) {
        final NationalLanguage lock = language.hasLockingShift() ? language : NationalLanguage.DEFAULT;
        final NationalLanguage[][] pairs = {
            {lock, language}, {lock, NationalLanguage.DEFAULT}, {NationalLanguage.DEFAULT, language}
        };
        int characters = 0;
        for (final NationalLanguage[] pair : pairs) {
            final Gsm7Alphabet alphabet = new Gsm7Alphabet(pair[0], pair[1]);
            for (int septet = 0; septet < 128; septet++) {
                characters += survives(alphabet, Gsm7.character(pair[0], septet));
                characters += survives(alphabet, Gsm7.escaped(pair[0], pair[1], septet));
            }
        }
        assertThat(characters).isGreaterThan(300);
    }

    private static int survives(final Gsm7Alphabet alphabet, final char c) {
        if (c == 0) {
            return 0;
        }
        for (final DefaultAlphabet form : List.of(DefaultAlphabet.GSM7, DefaultAlphabet.GSM7_PACKED)) {
            final TextProfile profile =
                    TextProfile.builder().defaultAlphabet(form).build();
            final SegmentPlan plan = new SegmentPlan();
            final SegmentWriter writer = new SegmentWriter();
            writer.begin(TextForm.GSM7, alphabet, profile, 1, plan);
            assertThat(writer.append(c)).isTrue();
            assertThat(writer.finish()).isEqualTo(1);
            final byte[] segment = Texts.segment(plan, 0);
            final UnsafeBuffer dst = new UnsafeBuffer(new byte[16]);
            final TextDecoder decoder = new TextDecoder();
            final int length = decoder.decode(
                    0, plan.esmClass() != 0, new UnsafeBuffer(segment), 0, segment.length, profile, dst, 0);
            // A lone carriage return in a packed octet is a wanted one: eight bits do not end on a septet.
            assertThat(string(dst, length)).isEqualTo(Character.toString(c));
        }
        return 1;
    }
}
