package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.MISSING_KEY;

import io.trunkline.gateway.config.Tenant;
import java.util.List;
import java.util.Set;

/** What the entries of {@code tenants.yaml} must agree on. */
final class TenantChecks {
    private static final String LIST = "/tenants";

    private final YamlTree tree;
    private final Problems problems;

    TenantChecks(final YamlTree tree, final Problems problems) {
        this.tree = tree;
        this.problems = problems;
    }

    /**
     * Reports what does not agree.
     *
     * @param tenants null stands for one that could not be bound
     * @return names of all tenants, also of those with mistakes
     */
    Set<String> check(final List<Tenant> tenants) {
        final Names names = new Names(tree, problems);
        names.takeAll(LIST, "a tenant called");
        final Names systemIds = new Names(tree, problems);
        for (int i = 0; i < tenants.size(); i++) {
            final String pointer = YamlTree.child(LIST, i);
            systemIds.take(pointer + "/smpp/systemId", "a tenant with systemId");
            if (tenants.get(i) != null) {
                check(tenants.get(i), pointer);
            }
        }
        return names.all();
    }

    private void check(final Tenant tenant, final String pointer) {
        tenant.prepaid().ifPresent(prepaid -> checkPrepaid(tenant.name(), prepaid, pointer + "/prepaid"));
        if (tenant.tokens().isEmpty() && tenant.smpp().isEmpty() && tenant.sip().isEmpty()) {
            problems.add(
                    tree.file(),
                    tree.valueAt(pointer),
                    MISSING_KEY,
                    "the tenant `" + tenant.name() + "` has no way to authenticate",
                    "add `tokens` for the binary protocol, `smpp`, or `sip`");
        }
        for (int i = 0; i < tenant.destinations().deny().size(); i++) {
            if (tenant.destinations()
                            .allow()
                            .contains(tenant.destinations().deny().get(i))
                    && !tenant.destinations().deny().get(i).equals("*")) {
                problems.add(
                        tree.file(),
                        tree.valueAt(YamlTree.child(pointer + "/destinations/deny", i)),
                        BAD_VALUE,
                        "the prefix is allowed and denied",
                        "keep it in one of the lists");
            }
        }
        if (tenant.defaults().validity().compareTo(tenant.maxValidity()) > 0) {
            problems.add(
                    tree.file(),
                    tree.valueAt(pointer + "/defaults/validity"),
                    BAD_VALUE,
                    "the default validity is longer than `maxValidity` allows",
                    "lower one or raise the other");
        }
    }

    private void checkPrepaid(final String tenant, final Tenant.Prepaid prepaid, final String pointer) {
        if (prepaid.notifyAt().isEmpty() && prepaid.stopAt().isEmpty()) {
            problems.add(
                    tree.file(),
                    tree.valueAt(pointer),
                    MISSING_KEY,
                    "there is no amount at which anything happens to the tenant `" + tenant + "`",
                    "write `notifyAt`, `stopAt`, or both");
        } else if (prepaid.notifyAt().orElse(0) > prepaid.stopAt().orElse(Integer.MAX_VALUE)) {
            problems.add(
                    tree.file(),
                    tree.valueAt(pointer + "/notifyAt"),
                    BAD_VALUE,
                    "`notifyAt` is above `stopAt`, where nothing more is used",
                    "give an amount that is reached before");
        }
    }
}
