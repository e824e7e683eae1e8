package io.trunkline.routing;

import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The carriers for one unit in the order in which they are to be tried; one object is reused from unit to unit. The first is
 * for the first attempt, the next for the failover after it. It also is the room in which the order is made.
 */
public final class RouteChoice {
    /** Most rows of one prefix and scope. */
    static final int MAX_OFFERS = 64;

    /** Octets of a destination that count where a rule changes it. */
    static final int MAX_DESTINATION = 32;

    private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

    /** While the order is made there may be more carriers than are tried. */
    private static final int MAX_CARRIERS = MAX_OFFERS;

    private final int[] carriers = new int[MAX_CARRIERS];
    private final int[] weights = new int[MAX_CARRIERS];
    private final int[] tiers = new int[MAX_CARRIERS];
    private final int[] rows = new int[MAX_CARRIERS];
    private final Handling[] handlings = new Handling[MAX_CARRIERS];
    private int size;
    private Outcome outcome = Outcome.NO_ROW;
    private Rule rule;
    private int ruleNumber;

    /** For whoever asks without a query of its own. */
    final RouteQuery query = new RouteQuery();
    /** The nodes with rows on the way to a number. */
    final int[] path = new int[PackedNumber.MAX_DIGITS + 1];
    /** The rows on offer, and by what they are ordered. */
    final int[] offers = new int[MAX_OFFERS];

    final long[] ranks = new long[MAX_OFFERS];

    /** The number as a rule has changed it. */
    final UnsafeBuffer rewritten = new UnsafeBuffer(new byte[Handling.MAX_PREPEND + MAX_DESTINATION]);

    private long draws;

    /** Why there are carriers, or none. */
    public Outcome outcome() {
        return outcome;
    }

    /** The rule that the unit met, if it met one. */
    public Optional<Rule> rule() {
        return Optional.ofNullable(rule);
    }

    /** Place of that rule in the list, from 1; 0 where the unit met none. */
    public int ruleNumber() {
        return ruleNumber;
    }

    /** How a rule refuses the unit, or null. */
    public RuleAction.Reject rejection() {
        return rule != null && rule.action() instanceof RuleAction.Reject reject ? reject : null;
    }

    /** How a rule has changed the unit, or null: this is asked for every unit. */
    public RuleAction.Rewrite rewrite() {
        return rule != null && rule.action() instanceof RuleAction.Rewrite rewrite ? rewrite : null;
    }

    /** How many carriers there are, 0..{@link Route#MAX_CARRIERS}. */
    public int size() {
        return size;
    }

    /** The id of the carrier for an attempt, counted from 0. */
    public int carrier(final int attempt) {
        return carriers[check(attempt)];
    }

    /** The tier that the carrier stands in, counted from 0. */
    public int tier(final int attempt) {
        return tiers[check(attempt)];
    }

    /** The carrier's weight in its tier. */
    public int weight(final int attempt) {
        return weights[check(attempt)];
    }

    /** The id of the row that offers the carrier. */
    public int row(final int attempt) {
        return rows[check(attempt)];
    }

    /** How the carrier wants the unit. */
    public Handling handling(final int attempt) {
        return handlings[check(attempt)];
    }

    public void clear() {
        size = 0;
        outcome = Outcome.NO_ROW;
        rule = null;
        ruleNumber = 0;
    }

    void met(final int index, final Rule itsRule) {
        ruleNumber = index + 1;
        rule = itsRule;
    }

    void end(final Outcome itsOutcome) {
        outcome = itsOutcome;
    }

    /** Empties it for a unit, whose id alone decides what is drawn. */
    void begin(final long unitId) {
        clear();
        draws = unitId;
    }

    boolean isFull() {
        return size == carriers.length;
    }

    void add(final int carrier, final int weight, final int tier, final int row, final Handling handling) {
        carriers[size] = carrier;
        weights[size] = weight;
        tiers[size] = tier;
        rows[size] = row;
        handlings[size] = handling;
        size++;
    }

    /** Leaves no more carriers than are tried. */
    void cut() {
        size = Math.min(size, Route.MAX_CARRIERS);
    }

    /** Takes an attempt out and puts it in again further in front; those between move back by one. */
    void move(final int from, final int to) {
        final int carrier = carriers[from];
        final int weight = weights[from];
        final int tier = tiers[from];
        final int row = rows[from];
        final Handling handling = handlings[from];
        for (int at = from; at > to; at--) {
            carriers[at] = carriers[at - 1];
            weights[at] = weights[at - 1];
            tiers[at] = tiers[at - 1];
            rows[at] = rows[at - 1];
            handlings[at] = handlings[at - 1];
        }
        carriers[to] = carrier;
        weights[to] = weight;
        tiers[to] = tier;
        rows[to] = row;
        handlings[to] = handling;
    }

    boolean contains(final int carrier) {
        for (int i = 0; i < size; i++) {
            if (carriers[i] == carrier) {
                return true;
            }
        }
        return false;
    }

    /** Orders the attempts from {@code begin} on, which are one tier, by one weighted draw after the other. */
    void drawTier(final int begin) {
        int left = 0;
        for (int i = begin; i < size; i++) {
            left += weights[i];
        }
        for (int next = begin; next < size - 1; next++) {
            int at = next;
            for (int rest = below(left); rest >= weights[at]; at++) {
                rest -= weights[at];
            }
            left -= weights[at];
            swap(next, at);
        }
    }

    private void swap(final int a, final int b) {
        final int carrier = carriers[a];
        carriers[a] = carriers[b];
        carriers[b] = carrier;
        final int weight = weights[a];
        weights[a] = weights[b];
        weights[b] = weight;
        // All of one tier and row.
        final Handling handling = handlings[a];
        handlings[a] = handlings[b];
        handlings[b] = handling;
    }

    /**
     * The unit's next draw, 0..bound - 1. Stafford's 13th variant of the MurmurHash3 finalizer: neighbouring unit ids draw
     * independently.
     */
    int below(final int bound) {
        draws += GOLDEN_GAMMA;
        long z = draws;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        z ^= z >>> 31;
        return (int) (((z >>> 32) * bound) >>> 32);
    }

    private int check(final int attempt) {
        if (attempt < 0 || attempt >= size) {
            throw new IndexOutOfBoundsException("attempt " + attempt + " of " + size);
        }
        return attempt;
    }
}
