package io.trunkline.gateway.engine.limits;

import io.trunkline.gateway.config.Traffic;
import java.util.List;
import java.util.Optional;
import org.agrona.collections.Long2LongHashMap;

/**
 * Which campaigns there are and whose they are. Where they are listed, one that is not counts as none: else whoever makes
 * up a name for each message would have each limit to himself.
 */
public final class Campaigns {
    /** No campaign, no brand. */
    static final long NONE = 0;

    /** Nothing is listed: every campaign is one, of no brand. */
    public static final Campaigns UNLISTED = new Campaigns(Optional.empty());

    private final Long2LongHashMap brands;

    private Campaigns(final Optional<List<Traffic.Campaign>> listed) {
        brands = listed.isEmpty() ? null : new Long2LongHashMap(NONE);
        listed.orElse(List.of())
                .forEach(campaign -> brands.put(LimitKey.text(campaign.name()), LimitKey.text(campaign.brand())));
    }

    public static Campaigns of(final Optional<List<Traffic.Campaign>> listed) {
        return new Campaigns(listed);
    }

    long campaign(final long name) {
        return brands == null || brands.get(name) != NONE ? name : NONE;
    }

    long brand(final long campaign) {
        return brands == null ? NONE : brands.get(campaign);
    }
}
