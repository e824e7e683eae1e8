package io.trunkline.routing.blocks;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Where tenants may send to: country prefixes that are allowed or denied. Of a tenant's own rules the one with the longest
 * prefix decides; where none fits, of the rules for all tenants the one with the longest prefix; where none fits either, it is
 * allowed. Block and safe lists have no say here. Immutable; any thread asks, without locks and without allocating.
 */
public final class GeoPermissions {
    /** In place of a tenant: for all that have no rule of their own that fits. */
    public static final int ALL_TENANTS = 0;

    /** {@link #decide}: no rule fits, so it is allowed. */
    public static final int NO_RULE = -1;

    /** Everybody may send everywhere. */
    public static final GeoPermissions EMPTY = new GeoPermissions(List.of());

    private final PrefixIndex index = new PrefixIndex();
    private final Rule[] rules;
    private final boolean[] allowed;

    /**
     * One rule.
     *
     * @param tenant id above 0, or {@link #ALL_TENANTS}
     * @param prefix 0..18 digits in E.164 without sign; empty for all countries
     * @param source where it comes from, for explanations
     */
    public record Rule(int tenant, String prefix, boolean allowed, String source) {
        public Rule {
            if (tenant < 0) {
                throw new IllegalArgumentException("tenant id " + tenant + " is negative");
            }
            if (prefix.length() > 18 || !prefix.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new IllegalArgumentException("prefix `" + prefix + "` is not 0..18 digits");
            }
        }
    }

    private GeoPermissions(final List<Rule> rules) {
        this.rules = rules.toArray(Rule[]::new);
        allowed = new boolean[this.rules.length];
        for (int id = 0; id < this.rules.length; id++) {
            final Rule rule = this.rules[id];
            if (index.add(rule.tenant(), rule.prefix()) != id) {
                throw new IllegalArgumentException(rule.source() + ": another rule has this tenant and prefix");
            }
            allowed[id] = rule.allowed();
        }
    }

    /**
     * Permissions by rules.
     *
     * @throws IllegalArgumentException where two have the same tenant and prefix
     */
    public static GeoPermissions of(final List<Rule> rules) {
        return new GeoPermissions(new ArrayList<>(rules));
    }

    public int size() {
        return rules.length;
    }

    /** A rule by its number below {@link #size}. */
    public Rule rule(final int id) {
        return rules[id];
    }

    /** Whether a tenant may send to a number. */
    public boolean allows(final int tenant, final DirectBuffer digits, final int offset, final int length) {
        final int rule = decide(tenant, digits, offset, length);
        return rule == NO_RULE || allowed[rule];
    }

    /**
     * The rule that decides whether a tenant may send to a number.
     *
     * @param tenant id, above 0
     * @param digits in E.164 without sign
     * @return its number, or {@link #NO_RULE}
     */
    public int decide(final int tenant, final DirectBuffer digits, final int offset, final int length) {
        final int own = longest(tenant, digits, offset, length);
        return own == NO_RULE ? longest(ALL_TENANTS, digits, offset, length) : own;
    }

    private int longest(final int tenant, final DirectBuffer digits, final int offset, final int length) {
        int rule = NO_RULE;
        long hash = PrefixIndex.begin(tenant);
        for (int at = 0; index.lengths() >>> at != 0; at++) {
            if ((index.lengths() >>> at & 1) != 0) {
                final int found = index.find(tenant, hash, digits, offset, at);
                rule = found == PrefixIndex.NONE ? rule : found;
            }
            if (at == length) {
                break;
            }
            hash = PrefixIndex.extend(hash, digits.getByte(offset + at));
        }
        return rule;
    }
}
