package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_NAME;
import static io.trunkline.gateway.config.ConfigProblem.Code.MISSING_KEY;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.Cidr;
import io.trunkline.gateway.config.ClientTls;
import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.config.Sip;
import io.trunkline.gateway.config.SipAccess;
import io.trunkline.gateway.config.SipIdentity;
import io.trunkline.gateway.config.SipNumbers;
import io.trunkline.gateway.config.SipProbe;
import io.trunkline.gateway.config.SipStir;
import io.trunkline.gateway.config.SipTrunk;
import io.trunkline.gateway.config.SipUser;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.sip.call.HeaderPolicy;
import io.trunkline.sip.stir.SigningKey;
import io.trunkline.sip.stir.TrustAnchors;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What listeners, trunks and platforms must agree on: whose a call is must be certain before it comes. */
final class SipChecks {
    private final Problems problems;
    private final Optional<Gateway> gateway;
    /** Blocks, names in certificates and accounts, and whose they are. */
    private final Map<String, String> owners = new HashMap<>();

    /** Checks; without a {@code gateway} nothing can be said of what must agree with it. */
    SipChecks(final Problems problems, final Optional<Gateway> gateway) {
        this.problems = problems;
        this.gateway = gateway;
    }

    /** One file at a time. */
    private final class In {
        private final YamlTree tree;
        private final String owner;

        In(final YamlTree tree, final String owner) {
            this.tree = tree;
            this.owner = owner;
        }

        void wrong(final String pointer, final String message, final String remedy) {
            problems.add(tree.file(), tree.valueAt(pointer), BAD_VALUE, message, remedy);
        }

        void missing(final String pointer, final String message, final String remedy) {
            problems.add(tree.file(), tree.keyAt(pointer), MISSING_KEY, message, remedy);
        }

        /** Whose something is by which a peer is known: nobody else's. */
        void claim(final String what, final String pointer) {
            final String other = owners.putIfAbsent(what, owner);
            if (other != null) {
                problems.add(
                        tree.file(),
                        tree.valueAt(pointer),
                        DUPLICATE_NAME,
                        other + " is known by this already",
                        "keep it at one of them, or tell them apart by narrower blocks or by digest");
            }
        }
    }

    /** {@code sip} of {@code gateway.yaml}. */
    static void listeners(final YamlTree tree, final Problems problems, final Sip sip) {
        final Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < sip.listeners().size(); i++) {
            final Sip.Listener listener = sip.listeners().get(i);
            final String pointer = YamlTree.child("/sip/listeners", i);
            final boolean isTls = listener.transport() == Sip.Transport.TLS;
            if (isTls && listener.tls().isEmpty()) {
                problems.add(
                        tree.file(),
                        tree.valueAt(pointer + "/transport"),
                        MISSING_KEY,
                        "a listener for TLS needs a certificate",
                        "add `tls` with `certificate` and `key`");
            } else if (!isTls && listener.tls().isPresent()) {
                problems.add(
                        tree.file(),
                        tree.keyAt(pointer + "/tls"),
                        BAD_VALUE,
                        "only `transport: tls` has `tls`",
                        "take one of them out, or change the transport");
            }
            final String host = listener.address().host();
            if (listener.advertise().isEmpty() && (host.equals("0.0.0.0") || host.matches("[0:]+"))) {
                problems.add(
                        tree.file(),
                        tree.valueAt(pointer + "/address"),
                        MISSING_KEY,
                        "listening on all addresses, it must be said which one peers answer to",
                        "add `advertise` with our public address or name");
            }
            final String socket = (listener.transport() == Sip.Transport.UDP ? "udp " : "tcp ") + listener.address();
            final Integer other = listener.address().port() == 0 ? null : seen.putIfAbsent(socket, i);
            if (other != null) {
                problems.add(
                        tree.file(),
                        tree.valueAt(pointer + "/address"),
                        DUPLICATE_NAME,
                        "listener " + (other + 1) + " is on " + socket + " already",
                        "give each its own; only UDP and TCP may share a port");
            }
        }
        sip.stir().ifPresent(stir -> signatures(tree, problems, stir));
        if (!sip.times().sessionTimer().isZero()
                && sip.times().sessionTimer().compareTo(sip.times().minSessionTimer()) < 0) {
            problems.add(
                    tree.file(),
                    tree.valueAt("/sip/times/sessionTimer"),
                    BAD_VALUE,
                    "the session timer is shorter than `minSessionTimer`",
                    "make it longer, or 0s for none");
        }
    }

    /** The files are read here too, so that a wrong key is found before it is in force. */
    private static void signatures(final YamlTree tree, final Problems problems, final SipStir stir) {
        stir.sign().ifPresent(sign -> {
            try {
                SigningKey.read(Files.readString(sign.key()), Files.readAllBytes(sign.certificate()), sign.url());
            } catch (final IOException | GeneralSecurityException e) {
                problems.add(
                        tree.file(),
                        tree.valueAt("/sip/stir/sign/key"),
                        BAD_VALUE,
                        "calls cannot be signed with this: " + e.getMessage(),
                        "name a key of the curve P-256 and its certificate");
            }
        });
        stir.verify().ifPresent(verify -> {
            try {
                new TrustAnchors(Files.readAllBytes(verify.authorities()), verify.numberLists());
            } catch (final IOException | GeneralSecurityException e) {
                problems.add(
                        tree.file(),
                        tree.valueAt("/sip/stir/verify/authorities"),
                        BAD_VALUE,
                        "nobody would be believed: " + e.getMessage(),
                        "name a PEM file with the authorities' certificates");
            }
        });
    }

    /** {@code sip} of the tenants; null stands for one that could not be bound. */
    void tenants(final YamlTree tree, final List<Tenant> tenants) {
        for (int i = 0; i < tenants.size(); i++) {
            final Tenant tenant = tenants.get(i);
            if (tenant != null && tenant.sip().isPresent()) {
                final In in = new In(tree, "the tenant `" + tenant.name() + "`");
                check(in, YamlTree.child("/tenants", i) + "/sip", tenant.sip().get());
            }
        }
    }

    private void check(final In in, final String pointer, final SipAccess access) {
        inService(in, pointer);
        sources(in, pointer, access.sources(), access.certificateNames());
        access.digest().ifPresent(user -> account(in, pointer + "/digest", user));
        if (access.sources().isEmpty()
                && access.certificateNames().isEmpty()
                && access.digest().isEmpty()
                && access.to().isEmpty()) {
            in.missing(
                    pointer,
                    "no call can come in, and none can go there",
                    "add `sources`, `certificateNames` or `digest`, and `to` for calls to its numbers");
        }
        access.to().ifPresent(to -> {
            to.probe().ifPresent(probe -> probing(in, pointer + "/to/probe", probe));
            to.tls().ifPresent(tls -> certificate(in, pointer + "/to/tls", tls));
        });
        numbers(in, pointer + "/numbers", access.numbers());
        identity(in, pointer + "/identity", access.identity());
    }

    /** {@code trunks} of the carriers; null stands for one that could not be bound. */
    void carriers(final YamlTree tree, final List<Carrier> carriers) {
        for (int i = 0; i < carriers.size(); i++) {
            final Carrier carrier = carriers.get(i);
            final String list = YamlTree.child("/carriers", i) + "/trunks";
            new Names(tree, problems).takeAll(list, "a trunk called");
            for (int j = 0; carrier != null && j < carrier.trunks().size(); j++) {
                final SipTrunk trunk = carrier.trunks().get(j);
                final In in = new In(tree, "the trunk `" + carrier.name() + "/" + trunk.name() + "`");
                check(in, YamlTree.child(list, j), trunk);
            }
        }
    }

    private void check(final In in, final String pointer, final SipTrunk trunk) {
        inService(in, pointer);
        sources(in, pointer, trunk.sources(), trunk.certificateNames());
        trunk.accept().ifPresent(user -> account(in, pointer + "/accept", user));
        trunk.probe().ifPresent(probe -> probing(in, pointer + "/probe", probe));
        trunk.tls().ifPresent(tls -> certificate(in, pointer + "/tls", tls));
        numbers(in, pointer + "/numbers", trunk.numbers());
        identity(in, pointer + "/identity", trunk.identity());
        if (trunk.verify() != SipTrunk.Verify.OFF && lacks(stir -> stir.verify().isPresent())) {
            in.wrong(
                    pointer + "/verify",
                    "nobody's signature is believed: `sip` of gateway.yaml has no `stir.verify`",
                    "add it there with `authorities`, or take this out");
        }
        if (trunk.media() == SipTrunk.Media.ANCHOR
                && gateway.flatMap(Gateway::sip)
                        .filter(sip -> sip.media().isEmpty())
                        .isPresent()) {
            in.wrong(
                    pointer + "/media",
                    "there is no relay: `sip` of gateway.yaml has no `media`",
                    "add it there with `relay`, or take this out");
        }
        gateway.flatMap(Gateway::sip)
                .filter(sip -> !trunk.sessionTimer().isZero()
                        && trunk.sessionTimer().compareTo(sip.times().minSessionTimer()) < 0)
                .ifPresent(sip -> in.wrong(
                        pointer + "/sessionTimer",
                        "the session timer is shorter than `minSessionTimer` of gateway.yaml",
                        "make it longer, or 0s for none"));
    }

    private void inService(final In in, final String pointer) {
        if (gateway.isPresent() && gateway.get().sip().isEmpty()) {
            in.missing(pointer, "there are no calls: gateway.yaml has no `sip`", "add `sip` with a listener there");
        }
    }

    private static void sources(
            final In in, final String pointer, final List<Cidr> blocks, final List<String> certificateNames) {
        for (int i = 0; i < blocks.size(); i++) {
            in.claim("block " + blocks.get(i), YamlTree.child(pointer + "/sources", i));
        }
        for (int i = 0; i < certificateNames.size(); i++) {
            final String name = certificateNames.get(i).toLowerCase(Locale.ROOT);
            in.claim("certificate " + name, YamlTree.child(pointer + "/certificateNames", i));
        }
    }

    private void account(final In in, final String pointer, final SipUser user) {
        in.claim("account " + user.user(), pointer + "/user");
        if (gateway.flatMap(Gateway::sip).filter(sip -> sip.realm().isEmpty()).isPresent()) {
            in.missing(
                    pointer,
                    "nobody is challenged: `sip` of gateway.yaml has no `realm`",
                    "add `realm` there, such as our domain");
        }
    }

    private static void probing(final In in, final String pointer, final SipProbe probe) {
        if (probe.timeout().compareTo(probe.interval()) > 0 || probe.timeout().compareTo(probe.whenDown()) > 0) {
            in.wrong(
                    pointer + "/timeout",
                    "an answer may take longer than it is to the next probe",
                    "make it shorter than `interval` and `whenDown`");
        }
    }

    private static void certificate(final In in, final String pointer, final ClientTls tls) {
        if (tls.certificate().isPresent() != tls.key().isPresent()) {
            final String missing = tls.key().isPresent() ? "certificate" : "key";
            in.missing(pointer, "`certificate` and `key` belong together", "add `" + missing + "`");
        }
        if (tls.serverName().isPresent()) {
            in.wrong(
                    pointer + "/serverName",
                    "a SIP peer is asked for by its `host`, which its certificate must name (RFC 5922)",
                    "take it out, and let `host` be that name");
        }
    }

    private static void numbers(final In in, final String pointer, final SipNumbers numbers) {
        if (!numbers.national().isEmpty() && numbers.country().isEmpty()) {
            in.wrong(
                    pointer + "/national",
                    "national numbers need a country code in place of what is taken off",
                    "add `country`");
        }
        if (numbers.form() == SipNumbers.Form.NATIONAL && numbers.country().isEmpty()) {
            in.wrong(
                    pointer + "/form",
                    "it is not said which numbers are national ones",
                    "add `country`, or take this out");
        }
    }

    /** Whether {@code sip} has not what signatures need. */
    private boolean lacks(final Predicate<SipStir> what) {
        return gateway.flatMap(Gateway::sip)
                .filter(sip -> sip.stir().filter(what).isEmpty())
                .isPresent();
    }

    private void identity(final In in, final String pointer, final SipIdentity identity) {
        if (identity.signature() == SipIdentity.Signature.SIGN
                && lacks(stir -> stir.sign().isPresent())) {
            in.wrong(
                    pointer + "/signature",
                    "there is nothing to sign with: `sip` of gateway.yaml has no `stir.sign`",
                    "add it there with `key`, `certificate` and `url`, or take this out");
        }
        if (identity.redirections() && identity.diverted() != SipIdentity.Diverted.REMOVE) {
            in.wrong(
                    pointer + "/diverted",
                    "Diversion and History-Info would be there twice: as they came, and made anew",
                    "take `redirections` or this out");
        }
        for (int i = 0; i < identity.headers().size(); i++) {
            if (!HeaderPolicy.mayPass(identity.headers().get(i))) {
                in.wrong(
                        YamlTree.child(pointer + "/headers", i),
                        identity.headers().get(i) + " is made anew on each leg and cannot pass",
                        "take it out");
            }
        }
    }
}
