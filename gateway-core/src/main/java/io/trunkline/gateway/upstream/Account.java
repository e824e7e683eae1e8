package io.trunkline.gateway.upstream;

import java.util.List;

/**
 * Someone who may come in: a tenant on the binary protocol, or one of its system_ids on SMPP.
 *
 * @param name what the peer calls itself; case counts
 * @param tenant the tenant's id as given out by the journal
 * @param secrets any of these opens; more than one while a secret is being changed
 * @param allowed from where
 * @param maxSessions connections at a time, at least 1
 * @param credit submits that one session may leave unanswered, at least 1
 */
public record Account(
        String name, int tenant, List<SecretHash> secrets, AllowList allowed, int maxSessions, int credit) {
    public Account {
        secrets = List.copyOf(secrets);
        if (maxSessions < 1 || credit < 1) {
            throw new IllegalArgumentException("maxSessions and credit of " + name + " must be at least 1");
        }
    }
}
