package io.trunkline.gateway.daemon;

import io.trunkline.gateway.admin.Rows.AlarmRow;
import io.trunkline.gateway.carrier.CarrierBinds;
import io.trunkline.gateway.journal.JournalStatus;
import io.trunkline.smpp.session.EsmeState;
import java.util.ArrayList;
import java.util.List;

/** What an operator should know now. */
final class Alarms {
    private static final int NEARLY_FULL_PERCENT = 90;

    private Alarms() {}

    /**
     * What is wrong now.
     *
     * @param exports what is wrong with exports
     * @param prepaid alarms of tenants that have used so much
     * @param bodies why keys of bodies cannot be written; empty where they can
     */
    static List<AlarmRow> of(
            final ShardWork work, final List<AlarmRow> exports, final List<AlarmRow> prepaid, final String bodies) {
        final List<AlarmRow> alarms = new ArrayList<>(prepaid);
        final JournalStatus journal = work.journalStatus();
        if (journal.condition() != JournalStatus.Condition.OK) {
            final boolean failed = journal.condition() == JournalStatus.Condition.FAILED;
            alarms.add(new AlarmRow(
                    "critical",
                    0,
                    "journal",
                    journal.reason(),
                    failed ? "look at the disk, then start the daemon again" : "free space on the journal's disk"));
        }
        for (final CarrierBinds.Status bind : work.binds().status()) {
            final boolean wanted = bind.config().enabled() && bind.bind().state() != EsmeState.DISABLED;
            if (wanted && bind.bind().state() != EsmeState.BOUND) {
                alarms.add(new AlarmRow(
                        "warning",
                        bind.changedAtMs(),
                        bind.bind().name(),
                        bind.lastError().isEmpty() ? "not bound yet" : "not bound: " + bind.lastError(),
                        "see that " + bind.config().host() + ":" + bind.config().port()
                                + " can be reached and takes the credentials"));
            }
        }
        alarms.addAll(exports);
        work.sip().alarms(alarms);
        if (!bodies.isEmpty()) {
            alarms.add(new AlarmRow(
                    "warning",
                    0,
                    "bodies",
                    "keys of bodies cannot be written: " + bodies,
                    "free space on the journal's disk: until then the key in use is used on, and bodies may be readable"
                            + " for longer than journal.bodies.readableFor"));
        }
        final long lost = work.streams().counters().lost;
        if (lost > 0) {
            alarms.add(new AlarmRow(
                    "critical",
                    0,
                    "events",
                    lost + " events could not be read back and were passed over",
                    "trunkline journal verify says what is damaged; the tenants must ask for these units' states"));
        }
        final int open = work.engine().view().openUnits();
        final int limit = work.engine().view().openUnitsLimit();
        if ((long) open * 100 >= (long) limit * NEARLY_FULL_PERCENT) {
            alarms.add(new AlarmRow(
                    "warning",
                    0,
                    "open-units",
                    open + " of " + limit + " units are open",
                    "find the carrier that does not keep up: trunkline show queues"));
        }
        return alarms;
    }
}
