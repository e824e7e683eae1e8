package io.trunkline.perf.roles;

import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.Schedule;
import java.time.Duration;

/**
 * What an {@link EsmeRole} does.
 *
 * @param host of the message centre
 * @param port of the message centre
 * @param systemId of the binds, at most 15 characters
 * @param password of the binds, at most 8 characters
 * @param systemType of the binds, mostly empty
 * @param binds transceivers at once, 1 to 10,000
 * @param window submits unanswered on a bind, 1 to 65,536
 * @param schedule when messages leave
 * @param mix what they are
 * @param from sender: digits, or letters for an alphanumeric one
 * @param receipts ask for receipts, and wait for them
 * @param maxOpen closed loop only: most messages acknowledged and not receipted; 0: no limit
 * @param ids how the peer spells message ids
 * @param units most messages
 * @param duration how long to send
 * @param answerTimeout after which a submit is given up
 * @param firstUnit number of the first message, part of its text
 */
public record EsmePlan(
        String host,
        int port,
        String systemId,
        String password,
        String systemType,
        int binds,
        int window,
        Schedule schedule,
        MessageMix.Shape mix,
        String from,
        boolean receipts,
        int maxOpen,
        Ids ids,
        long units,
        Duration duration,
        Duration answerTimeout,
        long firstUnit) {
    /** How the ids of answers and receipts go together. */
    public enum Ids {
        /** The same text in both, but for case and leading zeros. */
        SAME,
        /** Hexadecimal in the answer, decimal in the receipt. */
        HEX_THEN_DECIMAL,
        /** Decimal in the answer, hexadecimal in the receipt. */
        DECIMAL_THEN_HEX
    }

    public EsmePlan {
        within("binds", binds, 10_000);
        within("window", window, 65_536);
        if (systemId.length() > 15 || password.length() > 8 || systemType.length() > 12) {
            throw new IllegalArgumentException(
                    "SMPP has room for a system_id of 15 characters, a password of 8, a system_type of 12");
        }
        if (from.isEmpty() || from.length() > 20) {
            throw new IllegalArgumentException("a sender has 1 to 20 characters: " + from);
        }
    }

    private static void within(final String what, final int value, final int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(what + " is not between 1 and " + most + ": " + value);
        }
    }

    /** One bind, a closed loop with a window of 100, plain texts, receipts. */
    public static EsmePlan to(final String host, final int port, final String systemId, final String password) {
        return new EsmePlan(
                host,
                port,
                systemId,
                password,
                "",
                1,
                100,
                new Schedule.Closed(),
                MessageMix.Shape.plain(1),
                "12025550100",
                true,
                0,
                Ids.SAME,
                Long.MAX_VALUE,
                Duration.ofDays(1),
                Duration.ofSeconds(10),
                1);
    }

    private EsmePlan with(final int count, final int room, final Schedule when, final boolean receipted) {
        return new EsmePlan(
                host,
                port,
                systemId,
                password,
                systemType,
                count,
                room,
                when,
                mix,
                from,
                receipted,
                maxOpen,
                ids,
                units,
                duration,
                answerTimeout,
                firstUnit);
    }

    public EsmePlan at(final Schedule other) {
        return with(binds, window, other, receipts);
    }

    public EsmePlan over(final int count, final int room) {
        return with(count, room, schedule, receipts);
    }

    public EsmePlan withoutReceipts() {
        return with(binds, window, schedule, false);
    }

    public EsmePlan startingAt(final long unit) {
        return new EsmePlan(
                host,
                port,
                systemId,
                password,
                systemType,
                binds,
                window,
                schedule,
                mix,
                from,
                receipts,
                maxOpen,
                ids,
                units,
                duration,
                answerTimeout,
                unit);
    }

    public EsmePlan endingAfter(final long count) {
        return new EsmePlan(
                host,
                port,
                systemId,
                password,
                systemType,
                binds,
                window,
                schedule,
                mix,
                from,
                receipts,
                maxOpen,
                ids,
                count,
                duration,
                answerTimeout,
                firstUnit);
    }
}
