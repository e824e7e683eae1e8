package io.trunkline.sip.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.media.RelayAnswer.Result;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Faults that a real relay does not have at command: loss, lateness, forgery. */
class MediaRelayTest {
    private static final RelayLimits LIMITS = new RelayLimits(3, 1_024, 100, 1_000);

    private long nowMs = 1_000;
    private final Random random = new Random(7);
    private final List<String> sent = new ArrayList<>();
    private final List<RelayAnswer> heard = new ArrayList<>();
    private final MediaRelay relay =
            new MediaRelay(LIMITS, () -> nowMs, random::nextLong, (datagram, offset, length) -> {
                final byte[] octets = new byte[length];
                datagram.getBytes(offset, octets);
                sent.add(new String(octets, StandardCharsets.ISO_8859_1));
            });

    private void answer(final String datagram) {
        final byte[] octets = datagram.getBytes(StandardCharsets.ISO_8859_1);
        relay.onDatagram(new UnsafeBuffer(octets), 0, octets.length);
    }

    private static String cookie(final String request) {
        return request.substring(0, 17);
    }

    private void passMs(final long ms) {
        for (long until = nowMs + ms; nowMs < until; nowMs += 10) {
            relay.poll();
        }
        relay.poll();
    }

    @Test
    void anOfferIsOneDatagram() {
        relay.offer("call", "tag", "v=0\r\n", Map.of("ICE", "remove"), heard::add);

        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).substring(17))
                .isEqualTo("d7:command5:offer7:call-id4:call8:from-tag3:tag3:sdp5:v=0\r\n"
                        + "7:replacel6:origin18:session-connectione3:ICE6:removee");
        answer(cookie(sent.get(0)) + "d3:sdp6:v=0\r\n 6:result2:oke");
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).sdp()).isEqualTo("v=0\r\n ");
        assertThat(relay.pending()).isZero();
    }

    @Test
    void aRequestIsRepeatedUnchangedUntilItIsAnsweredAndThenNoMore() {
        relay.ping(heard::add);
        passMs(350);
        assertThat(sent).hasSize(3).containsOnly(sent.get(0));
        answer(cookie(sent.get(0)) + "d6:result4:ponge");
        passMs(2_000);

        assertThat(sent).hasSize(3);
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).isOk()).isTrue();
        assertThat(relay.counters().repeated()).isEqualTo(2);
    }

    @Test
    void aSilentRelayIsGivenUpOnce() {
        relay.ping(heard::add);
        passMs(1_500);

        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).result()).isEqualTo(Result.SILENT);
        answer(cookie(sent.get(0)) + "d6:result4:ponge");
        assertThat(heard).hasSize(1);
        assertThat(relay.counters().strays()).isEqualTo(1);
        assertThat(relay.counters().silent()).isEqualTo(1);
    }

    @Test
    void aRefusalSaysWhy() {
        relay.delete("call", "tag", heard::add);
        answer(cookie(sent.get(0)) + "d12:error-reason12:Unknown call6:result5:errore");

        assertThat(heard.get(0).result()).isEqualTo(Result.ERROR);
        assertThat(heard.get(0).why()).isEqualTo("Unknown call");
    }

    /** Without a description to go on with, as rtpengine answers beyond its limits. */
    @Test
    void aRelayThatIsFullHasNotDoneIt() {
        relay.offer("call", "tag", "v=0\r\n", Map.of(), heard::add);
        answer(cookie(sent.get(0)) + "d7:message30:Parallel session limit reached6:result10:load limite");

        assertThat(heard.get(0).result()).isEqualTo(Result.ERROR);
        assertThat(heard.get(0).why()).isEqualTo("Parallel session limit reached");
    }

    @Test
    void answersOfOthersAndGarbageChangeNothing() {
        relay.ping(heard::add);
        answer("0000000000000000 d6:result2:oke");
        answer("");
        answer("d6:result2:oke");
        answer("zzzzzzzzzzzzzzzz d6:result2:oke");
        assertThat(heard).isEmpty();
        assertThat(relay.counters().malformed()).isEqualTo(3);
        answer(cookie(sent.get(0)) + "nonsense");

        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).result()).isEqualTo(Result.SILENT);
    }

    @Test
    void requestsHaveTheirLimits() {
        for (int i = 0; i < 4; i++) {
            relay.ping(heard::add);
        }
        assertThat(sent).hasSize(3);
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).result()).isEqualTo(Result.NOT_ASKED);
        passMs(1_500);
        relay.offer("call", "tag", "x".repeat(1_024), Map.of(), heard::add);
        assertThat(heard.get(4).result()).isEqualTo(Result.NOT_ASKED);
        assertThat(relay.pending()).isZero();
    }
}
