package io.trunkline.gateway.config.load;

import io.trunkline.gateway.engine.ErrorCode;
import java.util.Locale;

/** Writes {@code docs/reference/error-codes.md} from {@link ErrorCode}. */
final class ErrorCodesPage {
    private ErrorCodesPage() {}

    static String generate() {
        final StringBuilder out = new StringBuilder();
        out.append("# Error codes\n\n");
        out.append("Generated from `ErrorCode` by `ReferencePagesTest`; do not edit.\n\n");
        out.append(
                "One list, stable for ever: a number is never reused and never changes its meaning. The thousands tell"
                        + " the class: 1 the submit itself, 2 the state of the network and of this gateway, 3 what a carrier said,"
                        + " 9 internal. Configuration takes numbers and names alike.\n\n");
        out.append("*Retryable*: the same submit may succeed later. *Reroutable*: another carrier may take it."
                + " *Billable*: a unit that ends so costs money, unless a table says otherwise.\n\n");
        out.append("| number | name | class | said by | retryable | reroutable | billable | meaning |\n");
        out.append("|---:|---|---|---|---|---|---|---|\n");
        for (final ErrorCode code : ErrorCode.values()) {
            out.append("| ").append(code.number());
            out.append(" | `").append(code.name());
            out.append("` | ").append(code.cause().name().toLowerCase(Locale.ROOT));
            out.append(" | ").append(code.origin() == ErrorCode.Origin.OURS ? "us" : "the carrier");
            out.append(" | ").append(yes(code.retryable()));
            out.append(" | ").append(yes(code.reroutable()));
            out.append(" | ").append(yes(code.billable()));
            out.append(" | ").append(code.text().replace("|", "\\|")).append(" |\n");
        }
        return out.toString();
    }

    private static String yes(final boolean value) {
        return value ? "yes" : "";
    }
}
