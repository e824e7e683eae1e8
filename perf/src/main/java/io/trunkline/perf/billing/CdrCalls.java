package io.trunkline.perf.billing;

import io.trunkline.gateway.calls.CallEndReason;
import io.trunkline.gateway.calls.CallUnitState;
import io.trunkline.perf.prove.CallEnds;
import java.io.IOException;
import java.util.Arrays;

/**
 * The calls among call detail records, as billing reads them. The rates are such that each second begun costs a thousandth, so
 * what a row asks for is known from its duration.
 */
public final class CdrCalls extends CallEnds {
    private static final long MICROS_PER_SECOND = 1_000;
    private static final long SECOND_MS = 1_000;

    private long wrongPrices;

    /** {@code rates.csv} that this knows the prices of. */
    public static String rates() {
        return """
                kind,for,service,prefix,currency,rate,from,to,version,steps
                price,*,call,*,EUR,0.06,2020-01-01,,p1,1/1
                cost,*,call,*,EUR,0.06,2020-01-01,,c1,1/1
                """;
    }

    /** Takes in all rows of a directory. */
    public CdrCalls hear(final CdrRows rows) throws IOException {
        rows.forEach(this::hear);
        return this;
    }

    private void hear(final CdrRows.Row row) {
        final Entry entry = new Entry(
                row.text("destination"),
                outcome(row.text("outcome")),
                reason(row.text("end_reason")),
                (int) row.number("raw_code"),
                time(row.text("setup_ms")),
                time(row.text("talk_ms")),
                (int) row.number("attempts"));
        add(entry);
        // A call that was answered is one second long at least.
        final long seconds =
                entry.talkMs() == NOT_ANSWERED ? 0 : Math.max(1, (entry.talkMs() + SECOND_MS - 1) / SECOND_MS);
        final boolean right = row.number("price_seconds") == seconds
                && Math.max(0, row.micros("price")) == seconds * MICROS_PER_SECOND
                && Math.max(0, row.micros("cost")) == seconds * MICROS_PER_SECOND
                && row.text("missing").isEmpty();
        wrongPrices += right ? 0 : 1;
    }

    private static CallUnitState outcome(final String word) {
        return Arrays.stream(CallUnitState.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no outcome of a call: " + word));
    }

    private static CallEndReason reason(final String word) {
        return Arrays.stream(CallEndReason.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no end of a call: " + word));
    }

    private static long time(final String text) {
        return text.isEmpty() ? NOT_ANSWERED : Long.parseLong(text);
    }

    /** Rows whose price or cost does not follow from their duration. */
    public long wrongPrices() {
        return wrongPrices;
    }
}
