package io.trunkline.gateway.upstream;

import io.trunkline.gateway.engine.ErrorCode;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * Decides who comes in on one kind of listener: name, secret, allow-list, lockout. An unknown name and a wrong secret
 * get the same answer after the same work; the sessions add the same delay to every refusal. Only whoever has the
 * secret is told that the address is the trouble.
 */
public final class Doorkeeper {
    /** Compared with when there is no such account, so that this takes as long. */
    private static final List<SecretHash> NOBODY = List.of(SecretHash.of("nobody has this secret"));

    private final Lockout lockout;
    private final UpstreamCounters counters;
    private Map<String, Account> accounts;

    /** Begins with these accounts, by {@link Account#name()}. */
    public Doorkeeper(final Map<String, Account> accounts, final Lockout lockout, final UpstreamCounters counters) {
        this.accounts = Map.copyOf(accounts);
        this.lockout = lockout;
        this.counters = counters;
    }

    /** Takes over the accounts of a new config; called on the shard's thread. */
    public void accounts(final Map<String, Account> renewed) {
        accounts = Map.copyOf(renewed);
    }

    /** The account of that name as configured now, or null. */
    public Account account(final String name) {
        return accounts.get(name);
    }

    /**
     * Judges one attempt.
     *
     * @param nowMs a clock that does not jump, ms
     */
    public Admission admit(final String name, final SecretHash secret, final InetAddress address, final long nowMs) {
        final Account account = accounts.get(name);
        final boolean listed = account != null && account.allowed().lists(address);
        final boolean known = lockout.known(name, address, listed);
        final long lockedForMs = lockout.lockedForMs(name, address, known, nowMs);
        // The comparison is made even for the locked, so that the answer takes the same time.
        final boolean right = matches(account, secret);
        if (lockedForMs > 0) {
            counters.lockedOut++;
            return new Admission.Refused(ErrorCode.LOCKED_OUT, (int) Math.min(lockedForMs, Integer.MAX_VALUE));
        }
        if (!right) {
            counters.notAuthenticated++;
            lockout.failed(name, address, known, nowMs);
            return new Admission.Refused(ErrorCode.NOT_AUTHENTICATED, 0);
        }
        if (!account.allowed().allows(address)) {
            counters.addressNotAllowed++;
            lockout.strayed(address, nowMs);
            return new Admission.Refused(ErrorCode.ADDRESS_NOT_ALLOWED, 0);
        }
        counters.authenticated++;
        lockout.succeeded(name, address);
        return new Admission.Granted(account);
    }

    private static boolean matches(final Account account, final SecretHash given) {
        boolean right = false;
        for (final SecretHash secret : account == null ? NOBODY : account.secrets()) {
            right |= secret.matches(given);
        }
        return right && account != null;
    }
}
