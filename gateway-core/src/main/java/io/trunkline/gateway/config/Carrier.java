package io.trunkline.gateway.config;

import io.trunkline.gateway.engine.CarrierProtocol;
import io.trunkline.gateway.engine.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One entry of {@code carriers.yaml}: a peer network and all that is peculiar to it.
 *
 * @param binds that take messages, where no trunk does
 * @param trunks without any it takes no calls
 * @param retry first rule that names the error holds; see {@link #retryFor}
 */
public record Carrier(
        String name,
        boolean enabled,
        List<Bind> binds,
        List<SipTrunk> trunks,
        MessageProfile messages,
        ReceiptProfile receipts,
        List<RetryRule> retry,
        InDoubt inDoubt,
        Queue queue,
        ErrorTables errors) {
    private static final RetryRule REROUTE_AT_ONCE = new RetryRule(List.of(), 1, List.of(), Reroute.AT_ONCE);
    private static final RetryRule GIVE_UP = new RetryRule(List.of(), 1, List.of(), Reroute.NEVER);

    public Carrier {
        binds = List.copyOf(binds);
        trunks = List.copyOf(trunks);
        retry = List.copyOf(retry);
    }

    /** What messages go to it by: MESSAGE where one of its trunks takes messages, else SMPP. */
    public CarrierProtocol protocol() {
        return trunks.stream().anyMatch(trunk -> trunk.messagesOut().isPresent())
                ? CarrierProtocol.SIP
                : CarrierProtocol.SMPP;
    }

    /** Whether there is a way for messages to it. */
    public boolean takesMessages() {
        return !binds.isEmpty() || protocol() == CarrierProtocol.SIP;
    }

    /** The rule for an error; where none names it, a reroutable one goes to the next carrier and any other ends the unit. */
    public RetryRule retryFor(final ErrorCode error) {
        for (final RetryRule rule : retry) {
            if (rule.on().contains(error)) {
                return rule;
            }
        }
        return error.reroutable() ? REROUTE_AT_ONCE : GIVE_UP;
    }

    /**
     * What to do when this carrier answers with one of {@code on}.
     *
     * @param attempts how often a segment is sent to this carrier in all, at least 1
     * @param delays before the second, third, … attempt; the last one holds for all that follow
     */
    public record RetryRule(List<ErrorCode> on, int attempts, List<Duration> delays, Reroute reroute) {
        public RetryRule {
            on = List.copyOf(on);
            delays = List.copyOf(delays);
        }

        /** Wait before attempt {@code attempt} (from 2). */
        public Duration delayBefore(final int attempt) {
            return delays.isEmpty() ? Duration.ZERO : delays.get(Math.min(attempt - 2, delays.size() - 1));
        }
    }

    /** When the next carrier of the route is tried. */
    public enum Reroute {
        NEVER,
        /** Instead of a second attempt here. */
        AT_ONCE,
        AFTER_ATTEMPTS
    }

    /** What becomes of a unit whose PDU left and whose answer was lost, by class. */
    public record InDoubt(Doubt otp, Doubt transactional, Doubt bulk) {
        public Doubt of(final MessageClass messageClass) {
            return switch (messageClass) {
                case OTP -> otp;
                case TRANSACTIONAL -> transactional;
                case BULK -> bulk;
            };
        }
    }

    /**
     * One policy.
     *
     * @param waitFor how long a receipt is awaited before {@code WAIT_FOR_RECEIPT} ends as unknown and {@code RESEND} sends
     */
    public record Doubt(DoubtPolicy policy, Duration waitFor) {}

    /** The three ways out of doubt. */
    public enum DoubtPolicy {
        FAIL,
        /** Sent again, marked as a possible duplicate. */
        RESEND,
        WAIT_FOR_RECEIPT
    }

    /**
     * Units that wait for this carrier.
     *
     * @param inMemory whose bodies are held in memory
     * @param overflow more that may wait with their bodies in the journal alone
     */
    public record Queue(int inMemory, int overflow) {}

    /**
     * What this carrier's codes mean; what no table maps keeps the built-in meaning and is counted by its raw value.
     *
     * @param commandStatus by the unsigned 32 bits of command_status
     * @param stat by {@code stat} of a receipt, upper case
     * @param err by {@code err} of a receipt, asked before {@code stat}
     * @param networkErrorCode by type shifted left 16 bits, plus code (SMPP 3.4 §5.3.2.31)
     * @param sipStatus by the status code that a MESSAGE is answered with
     */
    public record ErrorTables(
            Map<Integer, ErrorCode> commandStatus,
            Map<String, ErrorCode> stat,
            Map<String, ErrorCode> err,
            Map<Integer, ErrorCode> networkErrorCode,
            Map<Integer, ErrorCode> sipStatus) {
        public ErrorTables {
            commandStatus = Map.copyOf(commandStatus);
            stat = Map.copyOf(stat);
            err = Map.copyOf(err);
            networkErrorCode = Map.copyOf(networkErrorCode);
            sipStatus = Map.copyOf(sipStatus);
        }
    }
}
