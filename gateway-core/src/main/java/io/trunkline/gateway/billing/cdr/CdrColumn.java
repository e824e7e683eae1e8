package io.trunkline.gateway.billing.cdr;

import io.trunkline.gateway.billing.CallFacts;
import io.trunkline.gateway.billing.Rated;
import io.trunkline.gateway.billing.UnitFacts;
import io.trunkline.gateway.calls.CallEndReason;
import io.trunkline.gateway.calls.CallVerdict;
import io.trunkline.gateway.engine.PackedSender;
import io.trunkline.routing.networks.MccMnc;
import io.trunkline.routing.rates.RateBook;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The columns of a call detail record, in their order. New ones come behind the last; none is ever removed, renamed or given
 * another meaning. {@code docs/reference/cdr.md} is written from here.
 */
enum CdrColumn {
    RECORD(Form.NUMBER, "Sequence of the journal record that ended the unit: unique, ascending."),
    UNIT(Form.TEXT, "Id of the unit, in decimal digits."),
    SERVICE(Form.TEXT, "`mt` to a handset, `mo` from one; `call` to the network, `call-in` from it."),
    TENANT(Form.TEXT, "Who pays."),
    REFERENCE(Form.TEXT, "The client's reference: 32 hexadecimal digits; empty where it gave none."),
    ACCEPTED_AT(Form.TIME, "UTC, milliseconds. Decides which price holds."),
    CLOSED_AT(Form.TIME, "UTC, milliseconds."),
    OUTCOME(
            Form.TEXT,
            "`delivered`, `undelivered`, `unknown`, `in-doubt`, `failed`, `expired`, `cancelled`, `received`; of calls"
                    + " `completed`, `busy`, `no-answer`, `cancelled`, `failed`, and `unknown` where the gateway died with the"
                    + " call open."),
    ERROR(Form.NUMBER, "The error that the unit ended with, see error-codes.md; 0 for none."),
    RAW_CODE(
            Form.NUMBER,
            "What the carrier said, as it said it; of a call the SIP status that the caller got last; 0 for nothing."),
    SENDER(Form.TEXT, "From whom, as submitted; octets that are no printable ASCII as %XX."),
    SENDER_CLASS(Form.TEXT, "`number`, `short-code`, `alphanumeric`, or a class of billing.yaml."),
    DESTINATION(Form.TEXT, "To whom: digits as in E.164."),
    NETWORK(Form.TEXT, "Mobile network of the handset, MCC-MNC; empty where it is not known."),
    CLASS(Form.TEXT, "`otp`, `transactional`, `bulk`; empty for `mo`."),
    ORIGIN(Form.TEXT, "How it was submitted: `binary`, `smpp`, `sip`; empty for `mo`."),
    ENCODING(Form.TEXT, "`gsm7`, `latin1`, `ucs2`, `binary`; empty where it is not known."),
    SEGMENTS(Form.NUMBER, "Segments of the message."),
    SEGMENTS_TAKEN(Form.NUMBER, "Segments that carriers took, copies counted again."),
    SEGMENTS_DELIVERED(Form.NUMBER, "Segments whose receipt says that the handset has them."),
    SEGMENTS_IN_DOUBT(Form.NUMBER, "Segments that a carrier may have taken: its answer was lost."),
    CARRIER(Form.TEXT, "Carrier that the unit was with in the end; empty for none."),
    TAKEN_AT(
            Form.TIME,
            "When this carrier took the first segment, or the call was answered: UTC, milliseconds. Decides which cost and"
                    + " fee hold."),
    POSSIBLE_DUPLICATE(Form.NUMBER, "1 where it was sent again although a carrier may have had it."),
    CAMPAIGN(Form.TEXT, "As submitted; octets that are no printable ASCII as %XX."),
    TABLE_VERSION(Form.NUMBER, "Version of the configuration that it was routed with."),
    ROUTE_ROW(Form.NUMBER, "Row of the routing table."),
    CURRENCY(Form.TEXT, "Currency of the price; empty where none holds."),
    PRICE(Form.AMOUNT, "What the tenant owes, six decimals; empty where a price is missing."),
    PRICE_SEGMENTS(Form.NUMBER, "Segments that it owes for."),
    PRICE_RATE(Form.AMOUNT, "For a segment, or for sixty seconds of a call; empty where nothing is owed."),
    PRICE_VERSION(Form.TEXT, "Version of the deck."),
    PRICE_FROM(Form.TIME, "Since when this price holds: UTC."),
    COST_CURRENCY(Form.TEXT, "Currency of cost and fee; empty where none holds."),
    COST(Form.AMOUNT, "What `carrier` charges us; empty where a cost is missing."),
    COST_SEGMENTS(Form.NUMBER, "Segments that it charges for."),
    COST_RATE(Form.AMOUNT, "For a segment, or for sixty seconds of a call; empty where nothing is charged."),
    COST_VERSION(Form.TEXT, "Version of the deck."),
    COST_FROM(Form.TIME, "Since when this cost holds: UTC."),
    FEE(Form.AMOUNT, "What the handset's network takes on top, through `carrier`."),
    FEE_SEGMENTS(Form.NUMBER, "Segments that it takes it for."),
    FEE_RATE(Form.AMOUNT, "For a segment, or for sixty seconds of a call; empty where there is no fee."),
    FEE_VERSION(Form.TEXT, "Version of the deck."),
    FEE_FROM(Form.TIME, "Since when this fee holds: UTC."),
    OTHER_CARRIERS(
            Form.TEXT,
            "Carriers that took copies besides: `name:segments:cost:fee:currency`, parted by spaces; mostly empty."),
    MISSING(
            Form.TEXT,
            "`price`, `cost`, or both parted by a space, where no rate holds; `beginning` where the journal does"
                    + " not have the unit's first records any more."),
    ATTEMPTS(Form.NUMBER, "Targets that the call was offered to; empty for messages, as all that follow."),
    PDD_MS(Form.NUMBER, "Milliseconds until it rang; empty where it did not."),
    SETUP_MS(Form.NUMBER, "Milliseconds until it was answered; empty where it was not."),
    TALK_MS(
            Form.NUMBER,
            "Milliseconds from the answer to the end; of `unknown`, until it was last seen; empty: not answered."),
    END_REASON(Form.TEXT, "What ended it: `caller-hung-up`, `callee-hung-up`, `target-refused`, `daemon-died`, ..."),
    CAUSE(Form.NUMBER, "Q.850 cause of the end; 0 where it is not known."),
    LAST_SEEN_AT(Form.TIME, "UTC, milliseconds: the end; of `unknown`, when the gateway last had the call."),
    CALL_ID(
            Form.TEXT,
            "SIP Call-ID of the caller's side; empty of a call that was placed. As `sender`, as is the next."),
    ASSERTED(Form.TEXT, "Who the caller's side asserts that the caller is."),
    PRICE_SECONDS(Form.NUMBER, "Seconds that the tenant owes for."),
    COST_SECONDS(Form.NUMBER, "Seconds that `carrier` charges for."),
    FEE_SECONDS(Form.NUMBER, "Seconds that the network takes its fee for."),
    TRUNK(
            Form.TEXT,
            "The trunk that the call was with in the end, as `carrier/trunk`: of a call from the network where it came from;"
                    + " empty for none."),
    SIGNED_AS(
            Form.TEXT,
            "What the gateway vouched for to that trunk (RFC 8588): `A` the number is the tenant's, `B` it is not; empty: not"
                    + " signed."),
    VERDICT(
            Form.TEXT,
            "What the signature of a call from the network is worth: `verified`, `no-identity`, `stale`, `forged`, ...; empty"
                    + " where its trunk verifies nothing."),
    ATTESTED(
            Form.TEXT,
            "What that signature claims: `A`, `B`, `C`; to be believed where `verdict` is `verified`. Empty for none."),
    ;

    /** How a value is written in JSON. */
    enum Form {
        TEXT,
        NUMBER,
        /** UTC, as in ISO 8601; in Parquet a timestamp of milliseconds. */
        TIME,
        /** A decimal; in JSON a string, so that nobody reads it as floating point. */
        AMOUNT
    }

    static final CdrColumn[] ALL = values();

    private static final String[] CLASSES = {"", "otp", "transactional", "bulk"};
    private static final String[] ORIGINS = {"", "binary", "smpp", "sip"};
    private static final String[] ENCODINGS = {"", "gsm7", "latin1", "ucs2", "binary"};

    private final Form form;
    private final String text;
    private final String word = name().toLowerCase(Locale.ROOT);

    CdrColumn(final Form form, final String text) {
        this.form = form;
        this.text = text;
    }

    Form form() {
        return form;
    }

    /** As in the header: {@code sender_class}. */
    String word() {
        return word;
    }

    /** What it says, for people. */
    String text() {
        return text;
    }

    /** Writes its value of a record; nothing where there is none. */
    void write(final CdrRecord record, final CdrText out) {
        final UnitFacts facts = record.facts();
        final Rated rated = record.rated();
        switch (this) {
            case RECORD -> out.number(facts.closedSequence);
            case UNIT -> out.put(Long.toUnsignedString(facts.unit));
            case SERVICE -> out.put(facts.service.word());
            case TENANT -> plain(record.names().tenant(facts.tenant), out);
            case REFERENCE -> {
                if ((facts.referenceHi | facts.referenceLo) != 0) {
                    out.hex(facts.referenceHi, facts.referenceLo);
                }
            }
            case ACCEPTED_AT -> out.time(facts.acceptedAtMs);
            case CLOSED_AT -> out.time(facts.closedAtMs);
            case OUTCOME -> out.put(facts.outcome.word());
            case ERROR -> out.number(facts.errorCode);
            case RAW_CODE -> out.number(Integer.toUnsignedLong(facts.rawCode));
            case SENDER -> sender(record, out);
            case SENDER_CLASS -> out.put(record.rater().senders().name(rated.senderClass));
            case DESTINATION -> {
                if (facts.destination != 0) {
                    out.number(facts.destination);
                }
            }
            case NETWORK -> {
                if (facts.network != MccMnc.UNKNOWN) {
                    out.put(MccMnc.text(facts.network));
                }
            }
            case CLASS -> out.put(word(CLASSES, facts.messageClass));
            case ORIGIN -> out.put(word(ORIGINS, facts.origin));
            case ENCODING -> out.put(word(ENCODINGS, facts.encoding));
            case SEGMENTS -> out.number(facts.segments);
            case SEGMENTS_TAKEN -> out.number(facts.takenByAll());
            case SEGMENTS_DELIVERED -> out.number(facts.segmentsDelivered);
            case SEGMENTS_IN_DOUBT -> out.number(facts.doubtedByAll());
            case CARRIER -> plain(record.names().carrier(facts.carrier), out);
            case TAKEN_AT -> {
                final int taker = record.mainTaker();
                if (taker >= 0 && facts.takers() > 0) {
                    out.time(facts.takenAtMs(taker));
                }
            }
            case POSSIBLE_DUPLICATE -> out.number(facts.possibleDuplicate ? 1 : 0);
            case CAMPAIGN -> campaign(facts, out);
            case TABLE_VERSION -> out.number(Integer.toUnsignedLong(facts.tableVersion));
            case ROUTE_ROW -> out.number(Integer.toUnsignedLong(facts.routeRow));
            case CURRENCY, PRICE, PRICE_SEGMENTS, PRICE_RATE, PRICE_VERSION, PRICE_FROM -> price(record, out);
            case COST_CURRENCY, COST, COST_SEGMENTS, COST_RATE, COST_VERSION, COST_FROM -> cost(record, out);
            case FEE, FEE_SEGMENTS, FEE_RATE, FEE_VERSION, FEE_FROM -> fee(record, out);
            case OTHER_CARRIERS -> others(record, out);
            case MISSING -> missing(facts, rated, out);
            default -> {
                if (facts.service.isCall()) {
                    call(record, facts.call, rated, out);
                }
            }
        }
    }

    private void call(final CdrRecord record, final CallFacts call, final Rated rated, final CdrText out) {
        switch (this) {
            case ATTEMPTS -> out.number(call.attempts);
            case PDD_MS -> time(call.pddMs, out);
            case SETUP_MS -> time(call.setupMs, out);
            case TALK_MS -> time(call.talkMs, out);
            case END_REASON -> {
                final CallEndReason reason = CallEndReason.of(call.reason);
                out.put(reason == null ? Integer.toString(call.reason) : reason.word());
            }
            case CAUSE -> out.number(call.cause);
            case LAST_SEEN_AT -> out.time(call.lastSeenAtMs);
            case CALL_ID -> octets(call.callId(), out);
            case ASSERTED -> octets(call.asserted(), out);
            case PRICE_SECONDS -> out.number(rated.priceSeconds);
            case COST_SECONDS -> out.number(rated.costSeconds);
            case FEE_SECONDS -> out.number(rated.feeSeconds);
            case TRUNK -> plain(record.names().trunk(call.trunk), out);
            case SIGNED_AS -> out.put(CallVerdict.letter(call.signedAs));
            case VERDICT -> out.put(CallVerdict.of(call.verdict).word());
            default -> out.put(CallVerdict.letter(call.attested));
        }
    }

    private static void time(final int ms, final CdrText out) {
        if (ms != CallFacts.NONE) {
            out.number(ms);
        }
    }

    private static void octets(final byte[] octets, final CdrText out) {
        for (int i = 0; i < octets.length; i++) {
            octet(octets[i], i == 0, out);
        }
    }

    private void price(final CdrRecord record, final CdrText out) {
        final Rated rated = record.rated();
        switch (this) {
            case PRICE -> {
                if (!rated.priceMissing) {
                    out.micros(rated.price);
                }
            }
            case PRICE_SEGMENTS -> out.number(rated.priceSegments);
            case CURRENCY -> rate(record.rater().rates(), rated.priceRow, Part.CURRENCY, out);
            case PRICE_RATE -> rate(record.rater().rates(), rated.priceRow, Part.RATE, out);
            case PRICE_VERSION -> rate(record.rater().rates(), rated.priceRow, Part.VERSION, out);
            default -> rate(record.rater().rates(), rated.priceRow, Part.FROM, out);
        }
    }

    private void cost(final CdrRecord record, final CdrText out) {
        final int taker = record.mainTaker();
        final int row = taker < 0 ? RateBook.NO_RATE : record.rated().costRow(taker);
        final int segments = taker < 0 ? 0 : record.rated().costSegments(taker);
        switch (this) {
            case COST -> {
                if (segments == 0 || row != RateBook.NO_RATE) {
                    out.micros(taker < 0 ? 0 : record.rated().cost(taker));
                }
            }
            case COST_SEGMENTS -> out.number(segments);
            case COST_CURRENCY -> {
                final boolean feeAlone = row == RateBook.NO_RATE && taker >= 0;
                rate(record.rater().rates(), feeAlone ? record.rated().feeRow(taker) : row, Part.CURRENCY, out);
            }
            case COST_RATE -> rate(record.rater().rates(), row, Part.RATE, out);
            case COST_VERSION -> rate(record.rater().rates(), row, Part.VERSION, out);
            default -> rate(record.rater().rates(), row, Part.FROM, out);
        }
    }

    private void fee(final CdrRecord record, final CdrText out) {
        final int taker = record.mainTaker();
        final int row = taker < 0 ? RateBook.NO_RATE : record.rated().feeRow(taker);
        switch (this) {
            case FEE -> out.micros(taker < 0 ? 0 : record.rated().fee(taker));
            case FEE_SEGMENTS -> out.number(taker < 0 ? 0 : record.rated().feeSegments(taker));
            case FEE_RATE -> rate(record.rater().rates(), row, Part.RATE, out);
            case FEE_VERSION -> rate(record.rater().rates(), row, Part.VERSION, out);
            default -> rate(record.rater().rates(), row, Part.FROM, out);
        }
    }

    /** What there is to say of a row. */
    private enum Part {
        CURRENCY,
        RATE,
        VERSION,
        FROM
    }

    private static void rate(final RateBook rates, final int row, final Part part, final CdrText out) {
        if (row == RateBook.NO_RATE) {
            return;
        }
        switch (part) {
            case CURRENCY -> out.put(rates.currency(row));
            case RATE -> out.micros(rates.micros(row));
            case VERSION -> out.put(rates.version(row));
            case FROM -> out.timeOfSecond(rates.fromSecond(row));
        }
    }

    private static void others(final CdrRecord record, final CdrText out) {
        final UnitFacts facts = record.facts();
        final Rated rated = record.rated();
        final RateBook rates = record.rater().rates();
        boolean first = true;
        for (int taker = 0; taker < facts.takers(); taker++) {
            if (facts.takerCarrier(taker) != facts.carrier) {
                if (!first) {
                    out.put(' ');
                }
                first = false;
                plain(record.names().carrier(facts.takerCarrier(taker)), out);
                out.put(':').number(facts.taken(taker)).put(':');
                final int row = rated.costRow(taker);
                if (row != RateBook.NO_RATE || rated.costSegments(taker) == 0) {
                    out.micros(rated.cost(taker));
                }
                out.put(':').micros(rated.fee(taker)).put(':');
                rate(rates, row == RateBook.NO_RATE ? rated.feeRow(taker) : row, Part.CURRENCY, out);
            }
        }
    }

    private static void missing(final UnitFacts facts, final Rated rated, final CdrText out) {
        final int begin = out.length();
        if (rated.priceMissing) {
            out.put("price ");
        }
        if (rated.costMissing) {
            out.put("cost ");
        }
        if (facts.incomplete()) {
            out.put("beginning ");
        }
        if (out.length() > begin) {
            out.truncate(out.length() - 1);
        }
    }

    private static void sender(final CdrRecord record, final CdrText out) {
        final UnitFacts facts = record.facts();
        final UnsafeBuffer octets = record.octets();
        final int length = PackedSender.unpack(facts.senderHi, facts.senderLo, octets, 0);
        for (int i = 0; i < length; i++) {
            octet(octets.getByte(i), i == 0, out);
        }
    }

    private static void campaign(final UnitFacts facts, final CdrText out) {
        for (int i = 0; i < facts.campaignLength(); i++) {
            octet(facts.campaignOctet(i), i == 0, out);
        }
    }

    private static void plain(final String text, final CdrText out) {
        for (int i = 0; i < text.length(); i++) {
            octet((byte) text.charAt(i), i == 0, out);
        }
    }

    /**
     * What tenants wrote must neither break a file nor be a formula to a spreadsheet: anything but printable ASCII, the percent
     * sign, and signs at the beginning that formulas begin with are written as %XX.
     */
    private static void octet(final byte octet, final boolean first, final CdrText out) {
        final boolean formula = first && (octet == '=' || octet == '@' || octet == '-' || octet == '+');
        if (octet < ' ' || octet > '~' || octet == '%' || formula) {
            out.percent(octet & 0xFF);
        } else {
            out.put(octet);
        }
    }

    private static String word(final String[] words, final int number) {
        return number >= 0 && number < words.length ? words[number] : Integer.toString(number);
    }
}
