package io.trunkline.sip.trunk;

/**
 * How a trunk registers (RFC 3261 §10).
 *
 * @param user user part of the address of record and of our Contact
 * @param domain host of the address of record, and of the Request-URI
 * @param expiresSec what to ask for, s
 * @param timeoutMs how long one address may take to answer, ms
 * @param firstRetryMs after a failure, ms; twice as long after every further one
 * @param maxRetryMs and at most so long, ms
 * @param forbiddenRetryMs after a refusal that trying again does not mend, ms
 */
public record Registering(
        String user,
        String domain,
        int expiresSec,
        long timeoutMs,
        long firstRetryMs,
        long maxRetryMs,
        long forbiddenRetryMs) {
    public Registering {
        Texts.uriPart(user, "user");
        Texts.uriPart(domain, "domain");
        if (expiresSec < 1 || timeoutMs < 1 || firstRetryMs < 1 || maxRetryMs < firstRetryMs || forbiddenRetryMs < 1) {
            throw new IllegalArgumentException("times must be positive, maxRetryMs at least firstRetryMs");
        }
    }

    /** Whether both are one binding to the registrar. */
    boolean isSameContact(final Registering other) {
        return user.equals(other.user) && domain.equals(other.domain);
    }

    /** An hour at a time. */
    public static Registering of(final String user, final String domain) {
        return new Registering(user, domain, 3_600, 8_000, 5_000, 300_000, 600_000);
    }
}
