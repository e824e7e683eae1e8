package io.trunkline.perf.claims;

import io.trunkline.gateway.calls.CallEndReason;
import io.trunkline.gateway.calls.CallUnitState;
import io.trunkline.perf.prove.CallEnds;
import io.trunkline.perf.sipp.SippCalls.Call;
import io.trunkline.perf.sipp.SippScenario;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One way in which calls come to their end: who plays what, and what the record has to say. Each has its prefix, and so its
 * carrier.
 */
enum CallScript {
    ANSWERED(
            40,
            prefix -> SippScenario.caller(CallStage.CALLER, prefix, 0, 2000),
            entry -> entry.outcome() == CallUnitState.COMPLETED
                    && entry.reason() == CallEndReason.CALLER_HUNG_UP
                    && entry.status() == 200),
    BUSY(
            15,
            prefix -> SippScenario.refusedCaller(CallStage.CALLER, prefix, 486),
            entry -> entry.outcome() == CallUnitState.BUSY && entry.status() == 486),
    NO_ANSWER(
            10,
            prefix -> SippScenario.refusedCaller(CallStage.CALLER, prefix, 480),
            entry -> entry.outcome() == CallUnitState.NO_ANSWER),
    CANCELLED(
            15,
            prefix -> SippScenario.cancellingCaller(CallStage.CALLER, prefix, 300),
            entry -> entry.outcome() == CallUnitState.CANCELLED && entry.reason() == CallEndReason.CALLER_CANCELLED),
    FAILED_OVER(
            15,
            prefix -> SippScenario.caller(CallStage.CALLER, prefix, 0, 2000),
            entry -> entry.outcome() == CallUnitState.COMPLETED && entry.attempts() == 2),
    /** The caller is never heard of again, and the longest duration ends the call. */
    CALLER_VANISHED(
            3,
            prefix -> SippScenario.vanishingCaller(CallStage.CALLER, prefix),
            entry -> entry.outcome() == CallUnitState.COMPLETED && entry.reason() == CallEndReason.MAX_DURATION),
    /** The trunk says nothing at all; when that is known, calls are refused at once. */
    CALLEE_VANISHED(
            2,
            prefix -> SippScenario.refusedCaller(CallStage.CALLER, prefix, 503, 408),
            entry -> entry.talkMs() == CallEnds.NOT_ANSWERED
                    && (entry.outcome() == CallUnitState.FAILED || entry.outcome() == CallUnitState.NO_ANSWER));

    /** Of a call whose caller has vanished. */
    static final long MAX_DURATION_MS = 5_000;

    private final int percent;

    @SuppressWarnings("ImmutableEnumChecker") // Without state.
    private final Function<String, SippScenario> caller;

    @SuppressWarnings("ImmutableEnumChecker") // Without state.
    private final Predicate<CallEnds.Entry> expected;

    CallScript(
            final int percent, final Function<String, SippScenario> caller, final Predicate<CallEnds.Entry> expected) {
        this.percent = percent;
        this.caller = caller;
        this.expected = expected;
    }

    /** Of all calls. */
    int percent() {
        return percent;
    }

    /** Beginning of its called numbers. */
    @SuppressWarnings("EnumOrdinal") // Any number does that is its own.
    String prefix() {
        return "4930" + (1 + ordinal());
    }

    /** For file and carrier names. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    SippScenario caller() {
        return caller.apply(prefix());
    }

    /** Whether a record says what became of such a call. */
    boolean isToldBy(final CallEnds.Entry entry) {
        return expected.test(entry);
    }

    /** Whether such a call is answered. */
    boolean isAnswered() {
        return this == ANSWERED || this == FAILED_OVER || this == CALLER_VANISHED;
    }

    /** How long it was at least: what the caller had of it, or, where it is never heard of again, as long as a call may be. */
    double leastMs(final Call atCaller) {
        return this == CALLER_VANISHED ? MAX_DURATION_MS : atCaller.durationMs();
    }
}
