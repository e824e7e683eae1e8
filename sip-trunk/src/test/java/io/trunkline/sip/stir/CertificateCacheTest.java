package io.trunkline.sip.stir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CertificateCacheTest {
    private static final SignerCertificate CERTIFICATE =
            new SignerCertificate(null, TnAuthorization.NONE, 0, Long.MAX_VALUE, "CN=x");
    private static final FetchedCertificate GOOD = FetchedCertificate.of(CERTIFICATE);
    private static final FetchedCertificate GONE = FetchedCertificate.none(Outcome.UNREACHABLE, "status 404");

    private final List<Consumer<FetchedCertificate>> asked = new ArrayList<>();
    private final List<FetchedCertificate> heard = new ArrayList<>();
    private long nowMs = 1_000_000;
    private final CertificateCache cache = new CertificateCache(
            (url, then) -> asked.add(then),
            () -> nowMs,
            new CertificateCache.Limits(2, 2, 3, 60_000, 3_600_000, 30_000));

    private void get(final String url) {
        cache.get(url, nowMs, heard::add);
    }

    private void answer(final FetchedCertificate answer) {
        asked.remove(0).accept(answer);
    }

    @Test
    void thoseWhoAskAtTheSameTimeShareAFetch() {
        get("a");
        get("a");
        assertThat(asked).hasSize(1);
        answer(GOOD);

        assertThat(heard).containsExactly(GOOD, GOOD);
        get("a");
        assertThat(heard).hasSize(3);
        assertThat(cache.hits()).isEqualTo(1);
        assertThat(cache.fetches()).isEqualTo(1);
    }

    @Test
    void answersHoldAsTheServerSaysWithinLimits() {
        get("a");
        answer(GOOD.holding(0));
        nowMs += 59_999;
        get("a");
        assertThat(asked).isEmpty();
        nowMs++;
        get("a");
        answer(GOOD.holding(Long.MAX_VALUE / 2));
        nowMs += 3_599_999;
        get("a");
        assertThat(asked).isEmpty();
        nowMs++;
        get("a");
        assertThat(asked).hasSize(1);
    }

    @Test
    void thatThereIsNoneHoldsForAWhile() {
        get("a");
        answer(GONE);
        nowMs += 29_999;
        get("a");
        assertThat(heard).containsExactly(GONE, GONE);
        nowMs++;
        get("a");
        assertThat(asked).hasSize(1);
    }

    @Test
    void fetchesAndThoseWhoWaitAreBounded() {
        get("a");
        get("b");
        get("c");
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).outcome()).isEqualTo(Outcome.OVERLOADED);
        get("b");
        get("b");
        assertThat(heard).hasSize(2);
        answer(GOOD);
        answer(GONE);
        assertThat(heard).hasSize(5);
        get("c");
        assertThat(asked).as("there is room again").hasSize(1);
    }

    @Test
    void theOneUnusedForLongestIsForgotten() {
        for (final String url : List.of("a", "b")) {
            get(url);
            answer(GOOD);
        }
        get("a");
        get("c");
        answer(GOOD);
        assertThat(cache.size()).isEqualTo(2);
        get("a");
        assertThat(asked).isEmpty();
        get("b");
        assertThat(asked).hasSize(1);
    }
}
