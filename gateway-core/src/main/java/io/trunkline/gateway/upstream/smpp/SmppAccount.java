package io.trunkline.gateway.upstream.smpp;

import io.trunkline.gateway.carrier.TextProfiles;
import io.trunkline.gateway.config.MessageClass;
import io.trunkline.gateway.config.MessageProfile;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.upstream.Account;
import io.trunkline.gateway.upstream.Accounts;
import io.trunkline.smpp.text.TextProfile;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * One system_id and how its PDUs are read and written.
 *
 * @param account who it is; its credit is the window of submits per session
 * @param text what data_coding 0 means to this client, and how its deliveries are written
 * @param normalClass class of a submit with priority_flag 0
 * @param throttle what it meets over its rate
 */
public record SmppAccount(Account account, TextProfile text, MessageClass normalClass, Tenant.Throttle throttle) {
    /** Accounts by system_id, as the config says. */
    public static Map<String, SmppAccount> of(final Collection<Tenant> tenants, final ToIntFunction<String> ids) {
        final Map<String, Account> accounts = Accounts.smpp(tenants, ids);
        final Map<String, SmppAccount> bySystemId = new HashMap<>();
        for (final Tenant tenant : tenants) {
            tenant.smpp()
                    .filter(smpp -> accounts.containsKey(smpp.systemId()))
                    .ifPresent(smpp -> bySystemId.put(
                            smpp.systemId(),
                            new SmppAccount(
                                    accounts.get(smpp.systemId()),
                                    text(smpp.defaultAlphabet()),
                                    tenant.defaults().messageClass(),
                                    smpp.throttle())));
        }
        return bySystemId;
    }

    private static TextProfile text(final MessageProfile.Alphabet alphabet) {
        return TextProfile.builder()
                .defaultAlphabet(TextProfiles.alphabet(alphabet))
                .build();
    }

    /**
     * The class of a submit by its priority_flag (SMPP 3.4 §5.2.14): 0 the tenant's default, 1 and 2 at least
     * transactional, 3 and above one-time passwords; never below the default.
     *
     * @return number as in the upstream protocol
     */
    int messageClass(final int priority) {
        final MessageClass asked =
                priority >= 3 ? MessageClass.OTP : priority >= 1 ? MessageClass.TRANSACTIONAL : normalClass;
        return Math.min(asked.number(), normalClass.number());
    }
}
