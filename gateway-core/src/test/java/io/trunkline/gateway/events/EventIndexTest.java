package io.trunkline.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventIndexTest {
    private final EventIndex index = new EventIndex(10, 8);

    @Test
    void leadsToTheEntryAtOrBeforeAnEvent() {
        assertThat(index.recordFor(5)).isZero();
        for (int event = 1; event <= 60; event++) {
            index.note(event, 1000 + event, 0);
        }
        assertThat(index.size()).isEqualTo(6);
        assertThat(index.recordFor(11)).isEqualTo(1011);
        assertThat(index.recordFor(20)).isEqualTo(1011);
        assertThat(index.recordFor(21)).isEqualTo(1021);
        assertThat(index.recordFor(10_000)).isEqualTo(1051);
    }

    @Test
    void staysBoundedByKnowingLessOfMore() {
        for (int event = 1; event <= 100_000; event++) {
            index.note(event, event, 0);
        }
        assertThat(index.size()).isLessThanOrEqualTo(8);
        assertThat(index.oldestEvent()).isEqualTo(1);
        for (int event = 1; event <= 100_000; event += 997) {
            assertThat(index.recordFor(event)).isLessThanOrEqualTo(event).isGreaterThan(event - 40_000);
        }
    }

    @Test
    void takesACheckpointsEntriesBeforeAndAfterItsOwn() {
        index.note(100, 1100, 5);
        index.restore(80, 1080, 3);
        index.restore(90, 1090, 4);
        index.restore(100, 1100, 5);
        assertThat(index.size()).isEqualTo(3);
        assertThat(index.oldestEvent()).isEqualTo(80);
        assertThat(index.recordFor(95)).isEqualTo(1090);
        assertThat(index.timeMs(1)).isEqualTo(4);
    }

    @Test
    void forgetsOnlyWhatLeadsToRecordsThatAreGone() {
        for (int event = 1; event <= 60; event++) {
            index.note(event, 1000 + event, 0);
        }
        index.trim(1025);
        assertThat(index.oldestEvent()).isEqualTo(21);
        index.trim(99_999);
        assertThat(index.size()).isEqualTo(1);
        assertThat(index.recordFor(1)).isEqualTo(1051);
    }
}
