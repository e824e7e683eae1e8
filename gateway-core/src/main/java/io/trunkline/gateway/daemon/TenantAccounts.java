package io.trunkline.gateway.daemon;

import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.upstream.Account;
import io.trunkline.gateway.upstream.Accounts;
import io.trunkline.gateway.upstream.smpp.SmppAccount;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Who may come in, by protocol: made of a configuration by hashing every secret in it, so not on the shard while it works. */
record TenantAccounts(Map<String, Account> binary, Map<String, SmppAccount> smpp) {
    TenantAccounts {
        binary = Map.copyOf(binary);
        smpp = Map.copyOf(smpp);
    }

    /** @param numbers gives the journal's number of a tenant */
    static TenantAccounts of(final GatewayConfig config, final ToIntFunction<String> numbers) {
        return new TenantAccounts(
                Accounts.binary(config.tenants(), numbers), SmppAccount.of(config.tenants(), numbers));
    }
}
