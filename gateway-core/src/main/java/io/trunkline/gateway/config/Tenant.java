package io.trunkline.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One entry of {@code tenants.yaml}: a paying account.
 *
 * @param tokens of the binary protocol; two are valid at once while one replaces the other
 * @param smpp present where the tenant may bind to an SMPP listener
 * @param sip present where the tenant has a SIP platform
 * @param allow addresses that it may connect from
 * @param tps segments per second; at most {@code burst} segments at once
 * @param credit submits that one session may leave unanswered
 * @param maxSessions connections of the binary protocol at the same time
 * @param maxOpen units of this tenant that are not terminal yet
 * @param weight share of a carrier that several tenants compete for, relative to theirs
 * @param maxValidity longest validity that a submit may ask for
 * @param senders what it may send from: an exact sender, or a beginning followed by {@code *}
 * @param destinations where it may send to
 * @param prepaid present where it may use so much and no more
 */
public record Tenant(
        String name,
        boolean enabled,
        Optional<String> group,
        List<Secret> tokens,
        Optional<Smpp> smpp,
        Optional<SipAccess> sip,
        List<Cidr> allow,
        double tps,
        int burst,
        int credit,
        int maxSessions,
        int maxOpen,
        int weight,
        Defaults defaults,
        Duration maxValidity,
        List<String> senders,
        Destinations destinations,
        Optional<Prepaid> prepaid) {
    public Tenant {
        tokens = List.copyOf(tokens);
        allow = List.copyOf(allow);
        senders = List.copyOf(senders);
    }

    /**
     * Access by SMPP.
     *
     * @param passwords two are valid at once while one replaces the other; at most 8 characters each by SMPP 3.4
     *     §5.2.2, longer ones are tolerated as the field does
     * @param maxBinds sessions at the same time
     * @param window submits that one session may leave unanswered
     * @param defaultAlphabet what data_coding 0 means to this client
     */
    public record Smpp(
            String systemId,
            List<Secret> passwords,
            int maxBinds,
            int window,
            MessageProfile.Alphabet defaultAlphabet,
            Throttle throttle) {
        public Smpp {
            passwords = List.copyOf(passwords);
        }
    }

    /** What an SMPP client over its rate meets. */
    public enum Throttle {
        /** ESME_RTHROTTLED. */
        ANSWER,
        /** Its socket is not read until there is room. */
        PAUSE
    }

    /** How long what was used counts. */
    public enum Per {
        DAY,
        MONTH,
        EVER
    }

    /**
     * Thresholds of what it uses, in whole units of the currency of its prices.
     *
     * @param notifyAt from here on there is an alarm
     * @param stopAt from here on its messages are refused
     */
    public record Prepaid(Per per, Optional<Integer> notifyAt, Optional<Integer> stopAt) {}

    /** What a submit gets that leaves it open. {@code class} is a word of Java, hence the longer name. */
    public record Defaults(MessageClass messageClass, Duration validity, ReceiptWish receipts) {}

    /**
     * Where a tenant may send to: E.164 prefixes, {@code *} for all; the longest that fits decides.
     *
     * @param allow without {@code *}, what neither list names is denied
     */
    public record Destinations(List<String> allow, List<String> deny) {
        /** Everywhere. */
        public static final Destinations ALL = new Destinations(List.of("*"), List.of());

        public Destinations {
            allow = List.copyOf(allow);
            deny = List.copyOf(deny);
        }
    }
}
