package io.trunkline.gateway.config;

import io.trunkline.gateway.engine.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * {@code billing.yaml}: how units become money.
 *
 * @param zone of dates in {@code rates.csv} that have no offset, and of the days of usage
 * @param cdr without it the daemon writes no call detail records
 */
public record BillingSettings(
        ZoneId zone,
        Rounding rounding,
        Billable billable,
        List<PriceException> exceptions,
        List<SenderClass> senders,
        Optional<Cdr> cdr) {
    public BillingSettings {
        exceptions = List.copyOf(exceptions);
        senders = List.copyOf(senders);
    }

    /** How the amount of a call becomes a whole number of its last decimal. */
    public record Rounding(io.trunkline.routing.rates.Rounding.Mode mode, int decimals) {}

    /** Which segments of a message count. */
    public enum Segments {
        NONE,
        /** Those that a carrier took. */
        TAKEN,
        /** Those, and those whose answer was lost. */
        WRITTEN,
        /** Those whose receipt says so. */
        DELIVERED,
        ALL,
        /** One, whatever the length. */
        ONCE
    }

    /** What counts towards which amount. */
    public record Charge(Segments price, Segments cost, Segments fee) {}

    /** What is owed by outcome. */
    public record Billable(
            Charge delivered,
            Charge undelivered,
            Charge unknown,
            Charge inDoubt,
            Charge failed,
            Charge expired,
            Charge cancelled,
            Charge received) {}

    /** An error that changes what the tenant pays, whatever the outcome. */
    public record PriceException(ErrorCode error, Segments price) {}

    /** A class of senders by the beginnings of their numbers. */
    public record SenderClass(String name, List<String> prefixes) {
        public SenderClass {
            prefixes = List.copyOf(prefixes);
        }
    }

    /** What a file of call detail records is written as. */
    public enum Format {
        CSV,
        JSONL,
        PARQUET
    }

    /**
     * Call detail records written by the daemon.
     *
     * @param directory where files go; without it, {@code cdr} in the data directory
     * @param period of which a file has the records
     * @param maxRecords at which a file ends in any case
     * @param retry how long to wait where the directory cannot be written to
     */
    public record Cdr(Optional<Path> directory, Format format, Duration period, int maxRecords, Duration retry) {}
}
