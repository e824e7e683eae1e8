package io.trunkline.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SubmitWindowTest {
    @Test
    void givesEachTicketBackOnceInWhateverOrderTheAnswersCome() {
        final SubmitWindow window = new SubmitWindow(3, 0);
        window.sent(1, 101, 10);
        window.sent(2, 102, 20);
        window.sent(3, 103, 30);
        assertThat(window.hasRoom()).isFalse();

        assertThat(window.answered(2)).isEqualTo(SubmitWindow.AWAITED);
        assertThat(window.ticket()).isEqualTo(102);
        assertThat(window.sentNs()).isEqualTo(20);
        assertThat(window.answered(2)).isEqualTo(SubmitWindow.UNKNOWN);
        assertThat(window.hasRoom()).isTrue();
        assertThat(window.awaiting()).isEqualTo(2);
    }

    @Test
    void aTimedOutRequestMakesRoomAndItsLateAnswerIsKnownForAWhile() {
        final SubmitWindow window = new SubmitWindow(1, 2);
        window.sent(7, 70, 100);
        assertThat(window.pollTimedOut(99, 1000)).isFalse();
        assertThat(window.pollTimedOut(100, 1000)).isTrue();
        assertThat(window.ticket()).isEqualTo(70);
        assertThat(window.pollTimedOut(100, 1000)).isFalse();
        assertThat(window.hasRoom()).isTrue();

        assertThat(window.answered(7)).isEqualTo(SubmitWindow.LATE);
        assertThat(window.ticket()).isEqualTo(70);
        assertThat(window.answered(7)).isEqualTo(SubmitWindow.UNKNOWN);
    }

    @Test
    void forgetsLateOnesAfterTheGraceAndTheOldestWhenThereAreTooMany() {
        final SubmitWindow window = new SubmitWindow(3, 2);
        for (int i = 1; i <= 3; i++) {
            window.sent(i, i, i);
            assertThat(window.pollTimedOut(i, 100 + i)).isTrue();
        }
        assertThat(window.knows(1)).isFalse();
        assertThat(window.knows(2)).isTrue();
        window.forgetLate(102);
        assertThat(window.knows(2)).isFalse();
        assertThat(window.answered(3)).isEqualTo(SubmitWindow.LATE);
    }

    @Test
    void withoutRoomForLateOnesATimeoutForgets() {
        final SubmitWindow window = new SubmitWindow(1, 0);
        window.sent(1, 1, 1);
        assertThat(window.pollTimedOut(1, 2)).isTrue();
        assertThat(window.answered(1)).isEqualTo(SubmitWindow.UNKNOWN);
    }

    @Test
    void quirk29_anySequenceNumberIsAsGoodAsAnyOther() {
        final SubmitWindow window = new SubmitWindow(4, 0);
        for (final int sequence : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            window.sent(sequence, sequence, 1);
        }
        for (final int sequence : new int[] {Integer.MIN_VALUE, 0, Integer.MAX_VALUE, -1}) {
            assertThat(window.answered(sequence)).isEqualTo(SubmitWindow.AWAITED);
            assertThat(window.ticket()).isEqualTo(sequence);
        }
    }

    @Test
    void agreesWithAPlainModelOverManyRandomSteps() {
        final long seed = System.nanoTime();
        System.out.println("SubmitWindowTest seed " + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final SubmitWindow window = new SubmitWindow(50, 20);
        final Map<Integer, Long> awaiting = new HashMap<>();
        final List<Integer> late = new ArrayList<>();
        long nowNs = 0;
        int sequence = 0;
        for (int step = 0; step < 200_000; step++) {
            nowNs++;
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    if (window.hasRoom()) {
                        // Steps that collide in the table.
                        sequence += random.nextBoolean() ? 1 : 1 << 20;
                        if (!window.knows(sequence)) {
                            window.sent(sequence, ~sequence, nowNs);
                            awaiting.put(sequence, nowNs);
                        }
                    }
                }
                case 2 -> answerOne(random, window, awaiting, late, sequence);
                default -> {
                    if (random.nextInt(10) == 0) {
                        timeOut(window, awaiting, late, nowNs - 40, nowNs);
                    }
                }
            }
            assertThat(window.awaiting()).isEqualTo(awaiting.size());
            assertThat(window.hasRoom()).isEqualTo(awaiting.size() < 50);
        }
        int rest = 0;
        long lastNs = Long.MIN_VALUE;
        while (window.pollOldest()) {
            assertThat(window.sentNs()).isGreaterThanOrEqualTo(lastNs);
            lastNs = window.sentNs();
            assertThat(awaiting.remove((int) ~window.ticket())).isNotNull();
            rest++;
        }
        assertThat(awaiting).isEmpty();
        assertThat(rest).isLessThanOrEqualTo(50);
    }

    private static void answerOne(
            final SplittableRandom random,
            final SubmitWindow window,
            final Map<Integer, Long> awaiting,
            final List<Integer> late,
            final int last) {
        final List<Integer> known = new ArrayList<>(awaiting.keySet());
        known.addAll(late);
        final int pick = known.isEmpty() || random.nextInt(5) == 0
                ? last + 12_345 + random.nextInt(1000)
                : known.get(random.nextInt(known.size()));
        final int expected = awaiting.containsKey(pick)
                ? SubmitWindow.AWAITED
                : late.contains(pick) ? SubmitWindow.LATE : SubmitWindow.UNKNOWN;
        assertThat(window.answered(pick)).isEqualTo(expected);
        if (expected != SubmitWindow.UNKNOWN) {
            assertThat(window.ticket()).isEqualTo(~pick);
        }
        awaiting.remove(pick);
        late.remove((Integer) pick);
    }

    private static void timeOut(
            final SubmitWindow window,
            final Map<Integer, Long> awaiting,
            final List<Integer> late,
            final long untilNs,
            final long nowNs) {
        final long due = awaiting.values().stream().filter(at -> at <= untilNs).count();
        for (int i = 0; i < due; i++) {
            assertThat(window.pollTimedOut(untilNs, nowNs)).isTrue();
            final int sequence = (int) ~window.ticket();
            assertThat(awaiting.remove(sequence)).isLessThanOrEqualTo(untilNs);
            late.add(sequence);
            if (late.size() > 20) {
                late.remove(0);
            }
        }
        assertThat(window.pollTimedOut(untilNs, nowNs)).isFalse();
    }
}
