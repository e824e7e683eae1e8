package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.MISSING_KEY;

import io.trunkline.gateway.config.Endpoint;
import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.config.JournalSettings;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the parts of {@code gateway.yaml} must agree on. */
final class GatewayChecks {
    private static final Pattern HEX_KEY = Pattern.compile("[0-9a-fA-F]{64}");

    private final YamlTree tree;
    private final Problems problems;
    private final boolean billing;

    /** @param billing whether anything says what messages cost */
    GatewayChecks(final YamlTree tree, final Problems problems, final boolean billing) {
        this.tree = tree;
        this.problems = problems;
        this.billing = billing;
    }

    /** Reports what does not agree; {@code gateway} is null where it could not be bound. */
    void check(final Gateway gateway) {
        checkListeners();
        if (gateway == null) {
            return;
        }
        if (gateway.timeouts().dead().compareTo(gateway.timeouts().ping()) <= 0) {
            problem(
                    "/timeouts/dead",
                    "`dead` is not longer than `ping`, so that every quiet peer is cut off",
                    "make it twice or three times `ping`");
        }
        checkKeys(gateway);
        gateway.sip().ifPresent(sip -> SipChecks.listeners(tree, problems, sip));
        gateway.admin()
                .http()
                .filter(http -> http.token().isEmpty() && !loopback(http.address()))
                .ifPresent(http -> problem(
                        "/admin/http/address",
                        "metrics are open to everyone on " + http.address() + ", without a token",
                        "add `token`, or listen on 127.0.0.1"));
        gateway.exports().kafka().ifPresent(new KafkaChecks(tree, problems, billing)::check);
    }

    private void checkKeys(final Gateway gateway) {
        final List<JournalSettings.Key> keys = gateway.journal().bodies().keys();
        final Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < keys.size(); i++) {
            final String pointer = YamlTree.child("/journal/bodies/keys", i);
            if (!ids.add(keys.get(i).id())) {
                problem(
                        YamlTree.child(pointer, "id"),
                        "there is another key " + keys.get(i).id(),
                        "give a key that is new a number that none has had");
            }
            if (!HEX_KEY.matcher(new String(keys.get(i).key().reveal(), StandardCharsets.UTF_8).strip())
                    .matches()) {
                problem(
                        YamlTree.child(pointer, "key"),
                        "this is not a key: it has not 64 hexadecimal digits",
                        "make one: openssl rand -hex 32");
            }
        }
    }

    private void checkListeners() {
        final Names addresses = new Names(tree, problems);
        int listeners = 0;
        for (final String list : new String[] {"/upstream/binary", "/upstream/smpp"}) {
            for (int i = 0; i < tree.root().at(list).size(); i++) {
                takeAddress(addresses, YamlTree.child(list, i));
                listeners++;
            }
        }
        takeAddress(addresses, "/admin/http");
        listeners += tree.root().at("/sip/listeners").size();
        if (listeners == 0 && tree.root().at("/upstream").isObject()) {
            problems.add(
                    tree.file(),
                    tree.keyAt("/upstream"),
                    MISSING_KEY,
                    "nothing can connect: there is no listener",
                    "add an entry to `binary` or to `smpp`, or a listener to `sip`");
        }
    }

    private void takeAddress(final Names addresses, final String listener) {
        final String pointer = YamlTree.child(listener, "address");
        if (!tree.root().at(pointer).asString("").endsWith(":0")) {
            addresses.take(pointer, "a listener on");
        }
    }

    private void problem(final String pointer, final String message, final String remedy) {
        problems.add(tree.file(), tree.valueAt(pointer), BAD_VALUE, message, remedy);
    }

    private static boolean loopback(final Endpoint address) {
        final String host = address.host().toLowerCase(Locale.ROOT);
        return host.startsWith("127.") || host.equals("::1") || host.equals("localhost");
    }
}
