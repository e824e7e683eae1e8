package io.trunkline.sip.trunk;

import java.util.Set;

/**
 * What a refusal of a call means: the end of the call, or that another address or trunk may take it.
 *
 * @param statuses 300..699; those that let the call go elsewhere. All others are final
 * @param afterProvisional whether that holds also when the peer has sent a provisional response other than 100: then somebody's
 *     telephone may have rung, and will ring again
 */
public record FailoverPolicy(Set<Integer> statuses, boolean afterProvisional) {
    /** What says that this peer cannot, not that the call cannot be. */
    public static final FailoverPolicy DEFAULT = new FailoverPolicy(Set.of(408, 480, 500, 502, 503, 504), false);

    public FailoverPolicy {
        statuses = Set.copyOf(statuses);
        for (final int status : statuses) {
            if (status < 300 || status > 699) {
                throw new IllegalArgumentException("status must be 300..699: " + status);
            }
        }
    }

    /**
     * Whether a call goes on elsewhere.
     *
     * @param status of the final response; 408 for none in time, 503 for a transport that failed (RFC 3261 §8.1.3.1)
     * @param provisionalSeen whether a provisional response other than 100 came
     */
    public boolean goesElsewhere(final int status, final boolean provisionalSeen) {
        return (afterProvisional || !provisionalSeen) && statuses.contains(status);
    }
}
