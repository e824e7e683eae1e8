package io.trunkline.gateway.upstream;

import io.trunkline.gateway.config.Secret;
import io.trunkline.gateway.config.Tenant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Who may come in by which protocol, as the config says. Tenants that are not enabled may not. */
public final class Accounts {
    private Accounts() {}

    /**
     * Accounts of the binary protocol: every tenant with a token, under its name.
     *
     * @param ids the id that the journal gave to a tenant's name
     */
    public static Map<String, Account> binary(final Collection<Tenant> tenants, final ToIntFunction<String> ids) {
        final Map<String, Account> accounts = new HashMap<>();
        for (final Tenant tenant : tenants) {
            if (tenant.enabled() && !tenant.tokens().isEmpty()) {
                accounts.put(
                        tenant.name(),
                        new Account(
                                tenant.name(),
                                ids.applyAsInt(tenant.name()),
                                hashes(tenant.tokens()),
                                new AllowList(tenant.allow()),
                                tenant.maxSessions(),
                                tenant.credit()));
            }
        }
        return accounts;
    }

    /** Accounts of SMPP: every tenant that may bind, under its system_id. */
    public static Map<String, Account> smpp(final Collection<Tenant> tenants, final ToIntFunction<String> ids) {
        final Map<String, Account> accounts = new HashMap<>();
        for (final Tenant tenant : tenants) {
            if (tenant.enabled() && tenant.smpp().isPresent()) {
                final Tenant.Smpp smpp = tenant.smpp().get();
                accounts.put(
                        smpp.systemId(),
                        new Account(
                                smpp.systemId(),
                                ids.applyAsInt(tenant.name()),
                                hashes(smpp.passwords()),
                                new AllowList(tenant.allow()),
                                smpp.maxBinds(),
                                smpp.window()));
            }
        }
        return accounts;
    }

    private static List<SecretHash> hashes(final List<Secret> secrets) {
        return secrets.stream().map(secret -> SecretHash.of(secret.reveal())).toList();
    }
}
