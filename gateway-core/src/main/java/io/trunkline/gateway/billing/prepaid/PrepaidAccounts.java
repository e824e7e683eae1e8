package io.trunkline.gateway.billing.prepaid;

import io.trunkline.gateway.billing.Rated;
import io.trunkline.gateway.billing.Rater;
import io.trunkline.gateway.billing.UnitFacts;
import io.trunkline.gateway.billing.UnitFold;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.Tenant.Prepaid;
import io.trunkline.gateway.journal.Checkpointed;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.routing.rates.RateBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.collections.Int2ObjectHashMap;

/** The accounts of all prepaid tenants: a fold over the records, rated as they come. For one thread. */
final class PrepaidAccounts implements RecordHandler, UnitFold.Handler {
    private final NamesByNumber names;
    private final UnitFold fold;
    private final Rater rater;
    private final Rated rated = new Rated();
    private final Map<String, PrepaidAccount> byName = new HashMap<>();
    private final Int2ObjectHashMap<PrepaidAccount> byNumber = new Int2ObjectHashMap<>();
    private final long resumeFrom;
    private long last;

    /**
     * Goes on from what was kept. An account that was not there before is summed up from the oldest record of the journal.
     *
     * @param terms by tenant
     * @param journal whose records come
     */
    PrepaidAccounts(
            final BillingConfig billing,
            final Map<String, Prepaid> terms,
            final PrepaidState state,
            final Checkpointed journal) {
        names = state.names().ahead(journal);
        fold = new UnitFold(names, this);
        rater = new Rater(billing, names);
        boolean allKnown = true;
        for (final Map.Entry<String, Prepaid> each : terms.entrySet()) {
            final PrepaidState.Kept kept =
                    state.of(each.getKey(), each.getValue().per());
            allKnown &= kept != null;
            byName.put(
                    each.getKey(),
                    new PrepaidAccount(
                            each.getKey(), each.getValue(), billing.settings().zone(), kept, state.lastRecord()));
        }
        resumeFrom = allKnown ? Math.max(1, state.resumeFrom()) : 1;
        last = allKnown ? state.lastRecord() : 0;
        fold.quietUntil(last);
    }

    /** The record to read from. */
    long resumeFrom() {
        return resumeFrom;
    }

    @Override
    public void onRecord(final RecordView record) {
        fold.onRecord(record);
        last = Math.max(last, record.sequence());
    }

    private PrepaidAccount account(final int tenant) {
        final PrepaidAccount known = byNumber.get(tenant);
        if (known != null) {
            return known;
        }
        final PrepaidAccount named = byName.get(names.tenant(tenant));
        if (named != null) {
            byNumber.put(tenant, named);
        }
        return named;
    }

    @Override
    public void onAccepted(final UnitFacts facts) {
        final PrepaidAccount account = account(facts.tenant);
        if (account != null) {
            facts.reserved = rater.expected(facts, rated);
            account.reserve(facts.reserved);
        }
    }

    @Override
    public void onPassedOver(final UnitFacts facts) {
        release(account(facts.tenant), facts);
    }

    @Override
    public void onUnit(final UnitFacts facts) {
        final PrepaidAccount account = account(facts.tenant);
        if (account != null) {
            release(account, facts);
            rater.rate(facts, rated);
            final boolean priced = rated.priceRow != RateBook.NO_RATE;
            account.use(
                    facts.closedSequence,
                    facts.closedAtMs,
                    rated.price,
                    priced ? rater.rates().currency(rated.priceRow) : "");
        }
    }

    private static void release(final PrepaidAccount account, final UnitFacts facts) {
        if (account != null) {
            account.release(facts.reserved);
            facts.reserved = 0;
        }
    }

    /** All accounts as they stand, by tenant. */
    List<PrepaidStanding> standings(final long nowMs) {
        final List<PrepaidStanding> standings = new ArrayList<>();
        byName.values().forEach(account -> standings.add(account.standing(nowMs)));
        standings.sort(Comparator.comparing(PrepaidStanding::tenant));
        return standings;
    }

    /** The journal's numbers of the tenants that may use nothing more, ascending; also of those of whom nothing was read yet. */
    int[] stopped(final long nowMs) {
        return names.tenants().entrySet().stream()
                .filter(each -> isStopped(byName.get(each.getValue()), nowMs))
                .mapToInt(Map.Entry::getKey)
                .toArray();
    }

    private static boolean isStopped(final PrepaidAccount account, final long nowMs) {
        return account != null && account.standing(nowMs).level() == PrepaidStanding.Level.STOPPED;
    }

    /** What is to be kept now. */
    PrepaidState state() {
        final SortedMap<String, PrepaidState.Kept> kept = new TreeMap<>();
        byName.forEach((name, account) -> kept.put(name, account.kept()));
        return new PrepaidState(last, Math.min(fold.oldestOpen(last + 1), last + 1), names.tenants(), kept);
    }
}
