package io.trunkline.routing.blocks;

import java.util.Objects;

/**
 * One line of a block or safe list.
 *
 * @param list whether it blocks or lets pass
 * @param end whose address begins so
 * @param prefix 0..20 characters: digits in E.164 without sign, or the beginning of an alphanumeric sender in upper or lower
 *     case; empty for all
 * @param tenant id above 0, or {@link #ALL_TENANTS}
 * @param traffic what it is for
 * @param expiresAtMs since 1970; from this moment on it does not count; {@link #NEVER}
 * @param reason for people, and for the event of what was blocked
 * @param source where it comes from, for explanations: {@code blocks.csv:17}, say
 */
public record BlockEntry(
        BlockKind list,
        End end,
        String prefix,
        int tenant,
        Traffic traffic,
        long expiresAtMs,
        String reason,
        String source) {
    /** In place of a tenant: for all of them. */
    public static final int ALL_TENANTS = 0;

    /** Never expires. */
    public static final long NEVER = Long.MAX_VALUE;

    /** What a list does with what is on it. */
    public enum BlockKind {
        BLOCK,
        SAFE
    }

    /** The two ends of a unit. */
    public enum End {
        SENDER,
        DESTINATION
    }

    /** What a line is for. */
    public enum Traffic {
        ANY,
        MESSAGE,
        CALL
    }

    public BlockEntry {
        Objects.requireNonNull(list);
        Objects.requireNonNull(end);
        Objects.requireNonNull(traffic);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(source);
        if (prefix.length() > PrefixIndex.MAX_LENGTH || !prefix.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("prefix `" + prefix + "` is not 0..20 characters of ASCII");
        }
        if (tenant < 0) {
            throw new IllegalArgumentException("tenant id " + tenant + " is negative");
        }
    }

    /** Whether it counts at a time. */
    public boolean counts(final long nowMs) {
        return nowMs < expiresAtMs;
    }
}
