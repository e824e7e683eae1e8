package io.trunkline.sip.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.sip.locate.DnsAnswer.Outcome;
import io.trunkline.sip.locate.Located.Choice;
import io.trunkline.sip.locate.Located.Rank;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transport.Destination;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The order in which calls try addresses (RFC 2782). */
class LocatedTest {
    private static final int CALLS = 40_000;

    private static Destination at(final int last) {
        return new Destination(TransportProtocol.UDP, new InetSocketAddress("192.0.2." + last, 5060), "");
    }

    private static Choice choice(final int weight, final int last) {
        return new Choice(weight, List.of(at(last)));
    }

    @Test
    void aRankIsUsedUpBeforeTheNextBegins() {
        final Located located = new Located(
                Outcome.FOUND,
                List.of(
                        new Rank(List.of(choice(1, 1), choice(1, 2), choice(0, 3))),
                        new Rank(List.of(choice(100, 4), choice(0, 5)))),
                1);
        final Random random = new Random(1);
        final List<Destination> order = new ArrayList<>();
        for (int call = 0; call < 1_000; call++) {
            located.order(random::nextLong, order);
            assertThat(order.subList(0, 3)).containsExactlyInAnyOrder(at(1), at(2), at(3));
            assertThat(order.subList(3, 5)).containsExactlyInAnyOrder(at(4), at(5));
        }
    }

    @Test
    void weightsAreShares() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Located located =
                new Located(Outcome.FOUND, List.of(new Rank(List.of(choice(60, 1), choice(30, 2), choice(10, 3)))), 1);
        final Random random = new Random(seed);
        final List<Destination> order = new ArrayList<>();
        final int[] first = new int[4];
        for (int call = 0; call < CALLS; call++) {
            located.order(random::nextLong, order);
            first[order.get(0).address().getAddress().getAddress()[3]]++;
        }
        assertThat((double) first[1] / CALLS).as("seed %d", seed).isCloseTo(0.6, within(0.03));
        assertThat((double) first[2] / CALLS).as("seed %d", seed).isCloseTo(0.3, within(0.03));
        assertThat((double) first[3] / CALLS).as("seed %d", seed).isCloseTo(0.1, within(0.03));
    }

    @Test
    void weightZeroHasASmallChanceBesideOthersAndEqualOnesAlone() {
        final Random random = new Random(7);
        final List<Destination> order = new ArrayList<>();
        final Located beside = new Located(Outcome.FOUND, List.of(new Rank(List.of(choice(99, 1), choice(0, 2)))), 1);
        int second = 0;
        for (int call = 0; call < CALLS; call++) {
            beside.order(random::nextLong, order);
            second += order.get(0).equals(at(2)) ? 1 : 0;
        }
        assertThat((double) second / CALLS).isBetween(0.001, 0.03);
    }

    @Test
    void addressesOfOneNameShareTheWork() {
        final Located located =
                new Located(Outcome.FOUND, List.of(new Rank(List.of(new Choice(0, List.of(at(1), at(2), at(3)))))), 1);
        final Random random = new Random(7);
        final List<Destination> order = new ArrayList<>();
        final int[] first = new int[4];
        for (int call = 0; call < 3_000; call++) {
            located.order(random::nextLong, order);
            assertThat(order).containsExactlyInAnyOrder(at(1), at(2), at(3));
            first[order.get(0).address().getAddress().getAddress()[3]]++;
        }
        assertThat(first[1]).isBetween(900, 1_100);
        assertThat(first[2]).isBetween(900, 1_100);
    }
}
