package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.UNKNOWN_REFERENCE;

import io.trunkline.gateway.config.TrafficLimit;
import io.trunkline.routing.networks.MccMnc;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the entries of {@code limits.yaml} must agree on. */
final class LimitChecks {
    private static final String LIST = "/limits";
    private static final String UNKNOWN = "unknown";

    private final YamlTree tree;
    private final Problems problems;
    private final Optional<Set<String>> tenants;

    LimitChecks(final YamlTree tree, final Problems problems, final Optional<Set<String>> tenants) {
        this.tree = tree;
        this.problems = problems;
        this.tenants = tenants;
    }

    /**
     * Reports what does not agree.
     *
     * @param limits null stands for one that could not be bound
     * @return names of all limits, also of those with mistakes
     */
    Set<String> check(final List<TrafficLimit> limits) {
        final Names names = new Names(tree, problems);
        names.takeAll(LIST, "a limit called");
        for (int i = 0; i < limits.size(); i++) {
            if (limits.get(i) != null) {
                check(limits.get(i), YamlTree.child(LIST, i));
            }
        }
        return names.all();
    }

    private void check(final TrafficLimit limit, final String pointer) {
        if (limit.every() == TrafficLimit.Every.DAY && limit.burst() > 0) {
            problem(pointer + "/burst", "a day has no burst: all of it may pass at once", "take it out");
        }
        for (int i = 0; i < limit.networks().size(); i++) {
            final String network = limit.networks().get(i);
            if (!isNetwork(network)) {
                problem(
                        YamlTree.child(pointer + "/networks", i),
                        "`" + network + "` is not the code of a network",
                        "write MCC-MNC, such as 310-410, or unknown");
            }
        }
        for (int i = 0; i < limit.tenants().size() && tenants.isPresent(); i++) {
            final String tenant = limit.tenants().get(i);
            if (!tenants.get().contains(tenant)) {
                problems.add(
                        tree.file(),
                        tree.valueAt(YamlTree.child(pointer + "/tenants", i)),
                        UNKNOWN_REFERENCE,
                        "no tenant is called `" + tenant + "`",
                        Nearest.didYouMean(tenant, tenants.get(), "add it to tenants.yaml"));
            }
        }
    }

    /** Whether a text is MCC-MNC, or the word for a network that is not known. */
    static boolean isNetwork(final String text) {
        return text.equals(UNKNOWN) || (text.contains("-") && MccMnc.of(text) != MccMnc.UNKNOWN);
    }

    private void problem(final String pointer, final String message, final String remedy) {
        problems.add(tree.file(), tree.valueAt(pointer), BAD_VALUE, message, remedy);
    }
}
