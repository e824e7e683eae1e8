package io.trunkline.gateway.billing.cdr;

import io.trunkline.gateway.billing.Rater;
import io.trunkline.gateway.billing.UnitFacts;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.journal.NamesByNumber;

/** Call detail records one by one: each the line that a file of JSON Lines has. For one thread. */
public final class CdrEvents {
    private final CdrRecord record;
    private final CdrForm.TextForm form;
    private final CdrText text = new CdrText();

    /** @param shard whose records they are: {@code shard-0} */
    public CdrEvents(final BillingConfig billing, final NamesByNumber names, final String shard) {
        record = new CdrRecord(names, new Rater(billing, names));
        form = new CdrForm.CloudEventForm(shard);
    }

    /** The record of a message that ended, without a line end. */
    public byte[] of(final UnitFacts facts) {
        text.clear();
        form.record(record.of(facts), text);
        text.truncate(text.length() - 1);
        return text.octets();
    }
}
