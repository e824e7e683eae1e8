package io.trunkline.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.perf.load.UnitLedger.Answer;
import org.junit.jupiter.api.Test;

class UnitLedgerTest {
    /** A kill has taken the answer along: the unit ends, and only then does the client submit it again. */
    @Test
    void anAnswerThatComesBehindTheEndLeavesTheCodeOfTheEnd() {
        final UnitLedger ledger = new UnitLedger();
        ledger.sent(0, 1);
        ledger.stated(0, UnitState.UNKNOWN.number(), ErrorCode.IN_DOUBT_FAILED.number(), 5);
        ledger.answered(0, Answer.ACCEPTED, 7, 0, 2, 9);
        assertThat(ledger.code(0)).isEqualTo(ErrorCode.IN_DOUBT_FAILED.number());
        assertThat(ledger.answer(0)).isEqualTo(Answer.ACCEPTED);
        assertThat(ledger.segments(0)).isEqualTo(2);
    }

    @Test
    void aRefusalHasTheCodeThatItCameWith() {
        final UnitLedger ledger = new UnitLedger();
        ledger.sent(0, 1);
        ledger.answered(0, Answer.REFUSED, 0, ErrorCode.NO_ROUTE.number(), 0, 9);
        assertThat(ledger.code(0)).isEqualTo(ErrorCode.NO_ROUTE.number());
    }
}
