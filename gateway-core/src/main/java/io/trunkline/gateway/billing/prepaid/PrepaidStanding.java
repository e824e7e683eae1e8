package io.trunkline.gateway.billing.prepaid;

import io.trunkline.gateway.config.Tenant.Prepaid;
import io.trunkline.routing.rates.Micros;

/**
 * How a prepaid tenant stands.
 *
 * @param sinceMs when the current period began, milliseconds since the epoch; 0 for ever
 * @param used for what ended in it, in {@link io.trunkline.routing.rates.Micros}
 * @param open what open messages would come to
 * @param currency of its prices; empty as long as nothing had one
 */
public record PrepaidStanding(
        String tenant, Prepaid terms, long sinceMs, long used, long open, String currency, Level level) {
    /** What it has reached. */
    public enum Level {
        BELOW,
        NOTIFIED,
        STOPPED
    }

    /** For people: {@code prepaid tenant acme has used 81.200000 EUR, and its open messages come to 0.120000, …}. */
    public String text() {
        return "prepaid tenant " + tenant + " has used " + Micros.text(used) + " " + currency
                + ", and its open messages come to " + Micros.text(open)
                + switch (level) {
                    case BELOW -> "";
                    case NOTIFIED ->
                        ", which reaches `notifyAt` " + terms.notifyAt().orElse(0);
                    case STOPPED -> ", which reaches `stopAt` " + terms.stopAt().orElse(0) + ": it is refused";
                };
    }
}
