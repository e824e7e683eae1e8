package io.trunkline.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages at the edge of the grammar are taken or refused for the reason that was expected. */
class TortureTest {
    static List<Corpus.Entry> corpus() {
        return Corpus.all();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void theMessageIsJudgedAsItShould(final Corpus.Entry entry) {
        assertThat(Messages.index(entry.octets()).fault()).isEqualTo(entry.expected());
    }

    @Test
    void theCorpusIsThere() {
        assertThat(Corpus.all()).hasSizeGreaterThan(30);
    }
}
