package io.trunkline.smpp.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The short way through a receipt's text finds what the long way finds. */
class PlainFormTest {
    private static final long SEED = 4211L;
    private static final String STANDARD = "id:7f3a-09 sub:001 dlvrd:001 submit date:2611210910 done date:2611210911"
            + " stat:DELIVRD err:000 text:hello id:9 stat:FAILED";
    private static final String SCRAPS = ":: ,;|\0\tidstaerx09AZ-_.\u00ff";

    private final PlainForm plain = new PlainForm();
    private final Receipt quick = new Receipt();
    private final Receipt thorough = new Receipt();

    @Test
    void recognisesTheFormThatCarriersSend() {
        assertThat(matches(STANDARD)).isTrue();
        assertThat(matches("id:1 sub:1 dlvrd:1 submit date:1 done date:1 stat:X err:0"))
                .isTrue();
        assertThat(matches("id:1 sub:1 dlvrd:1 submit date:1 done date:1 stat:X err:0 Text:"))
                .isTrue();
        assertThat(matches("id:1 sub:1 dlvrd:1 submit date:1 done date:1 stat:X err:0 "))
                .isFalse();
        assertThat(matches("id: sub:1 dlvrd:1 submit date:1 done date:1 stat:X err:0"))
                .isFalse();
        assertThat(matches("")).isFalse();
    }

    @Test
    void readsWhatTheLongWayReadsOverManyMutations() {
        final Random random = new Random(SEED);
        int recognised = 0;
        for (int round = 0; round < 200_000; round++) {
            final StringBuilder text = new StringBuilder(STANDARD);
            for (int i = random.nextInt(3); i > 0; i--) {
                final int at = random.nextInt(text.length());
                final char scrap = SCRAPS.charAt(random.nextInt(SCRAPS.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, scrap);
                    case 1 -> text.insert(at, scrap);
                    default -> text.setLength(Math.max(1, random.nextInt(10) == 0 ? at : text.length()));
                }
            }
            recognised += compare(text.toString()) ? 1 : 0;
        }
        assertThat(recognised).isGreaterThan(50_000);
    }

    private boolean compare(final String text) {
        final byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        final UnsafeBuffer buffer = new UnsafeBuffer(octets);
        quick.clear();
        thorough.clear();
        final AppendixB shortWay = new AppendixB();
        final AppendixB longWay = new AppendixB();
        shortWay.parse(buffer, 0, octets.length, quick);
        longWay.parseAnyForm(buffer, 0, octets.length, thorough);
        assertThat(fields(quick)).as("seed %d: %s", SEED, text).isEqualTo(fields(thorough));
        assertThat(shortWay.whole()).as("seed %d: %s", SEED, text).isEqualTo(longWay.whole());
        return matches(text);
    }

    private boolean matches(final String text) {
        final byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        return plain.matches(new UnsafeBuffer(octets), 0, octets.length);
    }

    private static String fields(final Receipt receipt) {
        return receipt.id() + "|" + receipt.submitDate() + "|" + receipt.doneDate() + "|" + receipt.stat() + "|"
                + receipt.err();
    }
}
