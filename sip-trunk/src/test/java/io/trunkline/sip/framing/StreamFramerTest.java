package io.trunkline.sip.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.framing.StreamFramer.Frame;
import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.SipFault;
import io.trunkline.sip.message.SipLimits;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stream is cut where its messages end, whatever pieces it comes in. */
class StreamFramerTest {
    private static final SipLimits LIMITS = new SipLimits(1024, 32, 256, 100);

    /** Feeds a stream piece by piece and notes what comes out. */
    private static final class Reader {
        private final StreamFramer framer = new StreamFramer(LIMITS);
        private final byte[] octets;
        private final UnsafeBuffer buffer;
        private final List<String> frames = new ArrayList<>();
        private int consumed;
        private boolean lost;

        Reader(final String text) {
            octets = Messages.octets(text);
            buffer = new UnsafeBuffer(octets);
        }

        void upTo(final int end) {
            while (!lost) {
                final Frame frame = framer.next(buffer, consumed, end);
                consumed = framer.consumed();
                switch (frame) {
                    case MESSAGE ->
                        frames.add(
                                new String(octets, framer.frameOffset(), framer.frameLength(), StandardCharsets.UTF_8));
                    case PING -> frames.add("ping");
                    case LOST -> {
                        frames.add(framer.fault() + " " + (framer.frameLength() > 0));
                        lost = true;
                    }
                    default -> {
                        return;
                    }
                }
            }
        }

        List<String> all() {
            upTo(octets.length);
            return frames;
        }
    }

    private static String crlf(final String text) {
        return text.replace("\n", "\r\n");
    }

    @Test
    void messagesPingsAndPongsAreToldApart() {
        assertThat(new Reader("\n" + Messages.OK + "\n\n" + Messages.INVITE + "\n" + Messages.OK).all())
                .containsExactly(crlf(Messages.OK), "ping", crlf(Messages.INVITE), crlf(Messages.OK));
    }

    @Test
    void piecesOfAnySizeGiveTheSameFrames() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final String stream =
                "\n\n" + Messages.INVITE + Messages.OK + "\n\n\n" + Messages.INVITE.replace("Content-Length", "l");
        final List<String> whole = new Reader(stream).all();
        for (int round = 0; round < 300; round++) {
            final Reader reader = new Reader(stream);
            for (int end = 0; end < reader.octets.length; end += round == 0 ? 1 : 1 + random.nextInt(1 + round)) {
                reader.upTo(end);
            }
            assertThat(reader.all()).as("seed %d round %d", seed, round).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 5\\n|''|MISSING_CONTENT_LENGTH true",
                "Content-Length: 5|Content-Length: -5|BAD_CONTENT_LENGTH false",
                "Content-Length: 5|Content-Length:|BAD_CONTENT_LENGTH false",
                "Content-Length: 5|Content-Length: 5x|BAD_CONTENT_LENGTH false",
                "Content-Length: 5|Content-Length: 5\\n 0|BAD_CONTENT_LENGTH false",
                "X-Tenant: shop|X-Tenant: shop\\n \\n x|BAD_HEADER false",
                "Content-Length: 5|Content-Length: 5\\nl: 5|REPEATED_HEADER false",
                "Content-Length: 5|Content-Length: 101|BODY_TOO_LARGE true",
                "Content-Length: 5|Content-Length: 99999999999999999999999|BODY_TOO_LARGE true",
            })
    void aStreamThatLostItsFrameSaysWhy(final String what, final String instead, final String outcome) {
        final String text = Messages.INVITE.replace(unescaped(what), unescaped(instead));
        assertThat(text).isNotEqualTo(Messages.INVITE);
        assertThat(new Reader(text).all()).containsExactly(outcome);
    }

    private static String unescaped(final String text) {
        return text.replace("\\n", "\n");
    }

    @Test
    void aHeaderSectionThatDoesNotEndIsGivenUpAtTheLimit() {
        assertThat(new Reader(Messages.INVITE.replace("shop", "s".repeat(1024))).all())
                .containsExactly("HEADER_SECTION_TOO_LONG false");
        assertThat(new Reader("x".repeat(2000)).all()).containsExactly("HEADER_SECTION_TOO_LONG false");
    }

    @Test
    void onceLostAlwaysLost() {
        final StreamFramer framer = new StreamFramer(LIMITS);
        final UnsafeBuffer bad = new UnsafeBuffer("GET / HTTP/1.1\n\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(framer.next(bad, 0, bad.capacity())).isEqualTo(Frame.LOST);
        assertThat(framer.fault()).isEqualTo(SipFault.BAD_START_LINE);
        final UnsafeBuffer good = new UnsafeBuffer(Messages.octets(Messages.OK));
        assertThat(framer.next(good, 0, good.capacity())).isEqualTo(Frame.LOST);
    }

    @Test
    void theLengthIsKnownAsSoonAsTheHeaderSectionIsThere() {
        final byte[] octets = Messages.octets(Messages.INVITE);
        final StreamFramer framer = new StreamFramer(LIMITS);
        final UnsafeBuffer buffer = new UnsafeBuffer(octets);
        assertThat(framer.next(buffer, 0, octets.length - 6)).isEqualTo(Frame.NEED_MORE);
        assertThat(framer.announcedLength()).isZero();
        assertThat(framer.next(buffer, 0, octets.length - 5)).isEqualTo(Frame.NEED_MORE);
        assertThat(framer.announcedLength()).isEqualTo(octets.length);
    }

    @Test
    void datagramsAreSortedBeforeTheyAreRead() {
        assertThat(sorted(Messages.octets(Messages.OK))).isEqualTo(Datagram.MESSAGE);
        assertThat(sorted(new byte[0])).isEqualTo(Datagram.KEEP_ALIVE);
        assertThat(sorted(new byte[] {'\r', '\n', '\r', '\n'})).isEqualTo(Datagram.KEEP_ALIVE);
        assertThat(sorted(new byte[4])).isEqualTo(Datagram.KEEP_ALIVE);
        final byte[] stun = new byte[20];
        new UnsafeBuffer(stun).putInt(4, 0x2112_A442, ByteOrder.BIG_ENDIAN);
        assertThat(sorted(stun)).isEqualTo(Datagram.STUN);
        assertThat(sorted(new byte[] {(byte) 0x80, 0, 1, 2})).isEqualTo(Datagram.NOISE);
    }

    private static Datagram sorted(final byte[] octets) {
        return Datagram.of(new UnsafeBuffer(octets), 0, octets.length);
    }
}
