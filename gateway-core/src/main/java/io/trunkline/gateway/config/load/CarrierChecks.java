package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.IN_VAIN;
import static io.trunkline.gateway.config.ConfigProblem.Code.MISSING_KEY;

import io.trunkline.gateway.config.Bind;
import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.Endpoint;
import io.trunkline.gateway.config.MessageClass;
import io.trunkline.gateway.engine.CarrierProtocol;
import io.trunkline.gateway.engine.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the entries of {@code carriers.yaml} must agree on. */
final class CarrierChecks {
    private static final String LIST = "/carriers";
    /** 64*T1: after it no response to a MESSAGE is known any more (RFC 3261 §17.1.2.2). */
    private static final Duration LATEST_ANSWER = Duration.ofSeconds(32);

    private final YamlTree tree;
    private final Problems problems;
    /** The first bind that waits on an address. */
    private final Map<Endpoint, Bind.Outbind> outbinds = new HashMap<>();

    private final Set<String> outbindIds = new HashSet<>();

    CarrierChecks(final YamlTree tree, final Problems problems) {
        this.tree = tree;
        this.problems = problems;
    }

    /**
     * Reports what does not agree.
     *
     * @param carriers null stands for one that could not be bound
     * @return names of all carriers, also of those with mistakes
     */
    Set<String> check(final List<Carrier> carriers) {
        final Names names = new Names(tree, problems);
        names.takeAll(LIST, "a carrier called");
        for (int i = 0; i < carriers.size(); i++) {
            final String pointer = YamlTree.child(LIST, i);
            new Names(tree, problems).takeAll(pointer + "/binds", "a bind called");
            if (carriers.get(i) != null) {
                check(carriers.get(i), pointer);
            }
        }
        return names.all();
    }

    private void check(final Carrier carrier, final String pointer) {
        if (carrier.binds().isEmpty() && carrier.trunks().isEmpty()) {
            problems.add(
                    tree.file(),
                    tree.valueAt(pointer),
                    MISSING_KEY,
                    "nothing can be sent to the carrier `" + carrier.name() + "`",
                    "add `binds` for messages, or `trunks` for calls, or both");
        }
        if (carrier.binds().stream().anyMatch(bind -> bind.type().sends())) {
            for (int i = 0; i < carrier.trunks().size(); i++) {
                if (carrier.trunks().get(i).messagesOut().isPresent()) {
                    problems.add(
                            tree.file(),
                            tree.keyAt(YamlTree.child(pointer + "/trunks", i) + "/messagesOut"),
                            BAD_VALUE,
                            "messages to `" + carrier.name() + "` go over its binds",
                            "put the trunk into a carrier of its own, or take this out");
                }
            }
        }
        if (carrier.protocol() == CarrierProtocol.SIP) {
            checkDoubts(carrier, pointer);
        }
        for (int i = 0; i < carrier.binds().size(); i++) {
            check(carrier.binds().get(i), YamlTree.child(pointer + "/binds", i));
        }
        final Set<ErrorCode> seen = EnumSet.noneOf(ErrorCode.class);
        for (int i = 0; i < carrier.retry().size(); i++) {
            check(carrier.retry().get(i), YamlTree.child(pointer + "/retry", i), seen);
        }
    }

    /** By SIP a late answer may still settle a doubt, and after that nothing. */
    private void checkDoubts(final Carrier carrier, final String pointer) {
        final List<String> inVain = new ArrayList<>();
        for (final MessageClass messageClass : MessageClass.values()) {
            final Carrier.Doubt doubt = carrier.inDoubt().of(messageClass);
            if (doubt.policy() != Carrier.DoubtPolicy.FAIL && doubt.waitFor().compareTo(LATEST_ANSWER) > 0) {
                inVain.add("`" + messageClass.name().toLowerCase(Locale.ROOT) + "`");
            }
        }
        if (!inVain.isEmpty()) {
            problems.add(
                    tree.file(),
                    tree.keyAt(pointer + "/inDoubt"),
                    IN_VAIN,
                    "there are no receipts by SIP: a message in doubt of class " + String.join(", ", inVain)
                            + " waits for nothing",
                    "in `inDoubt` give each `policy: fail`, or a `waitFor` of at most 32s, in which a late answer may come");
        }
    }

    private void check(final Bind bind, final String pointer) {
        if (bind.reconnect().min().compareTo(bind.reconnect().max()) > 0) {
            problem(pointer + "/reconnect/min", "`min` is longer than `max`", "swap them");
        }
        bind.outbind().ifPresent(outbind -> checkOutbind(bind, outbind, pointer + "/outbind"));
        bind.tls()
                .filter(tls -> tls.certificate().isPresent() != tls.key().isPresent())
                .ifPresent(tls -> {
                    final String missing = tls.key().isPresent() ? "certificate" : "key";
                    problems.add(
                            tree.file(),
                            tree.keyAt(pointer + "/tls"),
                            MISSING_KEY,
                            "`certificate` and `key` belong together",
                            "add `" + missing + "`");
                });
    }

    private void checkOutbind(final Bind bind, final Bind.Outbind outbind, final String pointer) {
        if (!bind.type().receives()) {
            problem(pointer, "a transmitter is never asked to bind", "use `type: receiver` or `type: transceiver`");
        }
        if (outbind.address().port() == 0) {
            problem(pointer + "/address", "no message centre finds port 0", "name the port that it was told");
        }
        final Bind.Outbind first = outbinds.putIfAbsent(outbind.address(), outbind);
        if (first != null && !first.tls().equals(outbind.tls())) {
            problem(
                    pointer + "/tls",
                    "another bind waits on " + outbind.address() + " with another `tls`",
                    "make them alike");
        }
        if (!outbindIds.add(outbind.address() + " " + outbind.systemId())) {
            problem(
                    pointer + "/systemId",
                    "another bind waits for `" + outbind.systemId() + "` on " + outbind.address() + " already",
                    "give each its own address or system_id");
        }
    }

    private void check(final Carrier.RetryRule rule, final String pointer, final Set<ErrorCode> seen) {
        for (int i = 0; i < rule.on().size(); i++) {
            final ErrorCode error = rule.on().get(i);
            if (!seen.add(error)) {
                problem(
                        YamlTree.child(pointer + "/on", i),
                        error + " stands in an earlier rule, which holds",
                        "keep it in one of them");
            }
        }
        if (rule.attempts() > 1 && rule.reroute() == Carrier.Reroute.AT_ONCE) {
            problem(
                    pointer + "/attempts",
                    "with `reroute: at-once` there is no second attempt",
                    "use `reroute: after-attempts`, or `attempts: 1`");
        }
    }

    private void problem(final String pointer, final String message, final String remedy) {
        problems.add(tree.file(), tree.valueAt(pointer), BAD_VALUE, message, remedy);
    }
}
