package io.trunkline.gateway.billing;

import io.trunkline.routing.rates.Service;
import java.util.Arrays;

/**
 * What the journal says of one message or call, as far as anyone is charged for it. Nothing here depends on a rate, so that the same
 * facts can be rated again. Filled and reused by {@link UnitFold}; valid during the call that hands it out.
 */
public final class UnitFacts {
    /** Octets of a campaign's name that are kept. */
    static final int MAX_CAMPAIGN = 255;

    private static final int USUAL_TAKERS = 2;
    private static final int CARRIER = 0;
    private static final int TAKEN = 1;
    private static final int DOUBTED = 2;
    private static final int TAKEN_AT = 3;
    private static final int STRIDE = 4;
    private static final byte[] NO_OCTETS = {};

    /** What was sold. */
    public Service service = Service.MT;

    public long unit;
    public long referenceHi;
    public long referenceLo;
    /** Sequence of the record that the unit began with; 0 where the journal does not have it any more. */
    public long acceptedSequence;
    /** Sequence of the record that it ended with. */
    public long closedSequence;

    public long acceptedAtMs;
    public long closedAtMs;
    public int tenant;
    public int tableVersion;
    public int routeRow;
    public int messageClass;
    public int origin;
    public int encoding;
    public int segments;
    public int segmentsDelivered;
    public boolean possibleDuplicate;
    public int state;
    public int errorCode;
    public int rawCode;
    /** Carrier that the unit was with in the end; 0: none. */
    public int carrier;
    /** E.164 digits as a number. */
    public long destination;
    /** Of the handset, as it was known when the unit was accepted: {@link io.trunkline.routing.networks.MccMnc}; 0: unknown. */
    public int network;
    /** {@link io.trunkline.gateway.engine.PackedSender}. */
    public long senderHi;

    public long senderLo;
    public BillingOutcome outcome = BillingOutcome.UNKNOWN;
    /** Of calls alone. */
    public final CallFacts call = new CallFacts();

    /** What whoever hears of open units has put aside for this one, in {@link io.trunkline.routing.rates.Micros}. */
    public long reserved;

    private byte[] campaign = NO_OCTETS;
    private int campaignLength;

    private int takers;
    /** By taker, what there is to say of it, side by side: thousands of units are open, and each look at one waits for memory. */
    private long[] taking = new long[USUAL_TAKERS * STRIDE];

    // While the unit is open.
    private int pdus;
    /** Carrier of the newest copy of each PDU. */
    private int newestCarrier;

    private long newestSinceMs;
    /** PDUs whose newest copy has not been answered; has been taken; has had its receipt. */
    private long awaitedMask;

    private long takenMask;
    private long receiptedMask;
    /** PDUs of which an earlier copy, or the newest, is in doubt; and which copy. */
    private long doubtMask;

    private int doubtCarrier;
    private int doubtAttempt;

    void reset() {
        service = Service.MT;
        acceptedSequence = 0;
        tableVersion = 0;
        routeRow = 0;
        messageClass = 0;
        encoding = 0;
        network = 0;
        campaignLength = 0;
        reserved = 0;
        takers = 0;
        pdus = 0;
        awaitedMask = 0;
        takenMask = 0;
        receiptedMask = 0;
        doubtMask = 0;
        doubtAttempt = 0;
    }

    void campaign(final org.agrona.DirectBuffer buffer, final int offset, final int length) {
        campaignLength = Math.min(length, MAX_CAMPAIGN);
        if (campaign.length < campaignLength) {
            campaign = new byte[campaignLength];
        }
        buffer.getBytes(offset, campaign, 0, campaignLength);
    }

    /** Octets of the campaign's name. */
    public int campaignLength() {
        return campaignLength;
    }

    public byte campaignOctet(final int index) {
        return campaign[index];
    }

    /** A PDU left, one of so many for this message. */
    void written(final int itsCarrier, final int segment, final int ofPdus, final long atMs) {
        if (itsCarrier != newestCarrier) {
            settle();
        }
        pdus = ofPdus;
        newestCarrier = itsCarrier;
        newestSinceMs = awaitedMask == 0 ? atMs : newestSinceMs;
        awaitedMask |= bit(segment);
        takenMask &= ~bit(segment);
        receiptedMask &= ~bit(segment);
    }

    private static long bit(final int segment) {
        return 1L << segment;
    }

    /** Whether something is said of the copy whose answer was given up for lost, and not of the one that left since. */
    private boolean isOfDoubtedCopy(final int itsCarrier, final int segment, final int attempt) {
        return (doubtMask & bit(segment)) != 0 && attempt == doubtAttempt && itsCarrier == doubtCarrier;
    }

    /** A carrier did not take a PDU. */
    void refused(final int itsCarrier, final int segment, final int attempt) {
        if (!isOfDoubtedCopy(itsCarrier, segment, attempt)) {
            awaitedMask &= ~bit(segment);
        }
    }

    /** Nothing more will be heard: what is not answered is in doubt, but for what the carrier has sent a receipt for. */
    void settle() {
        if (awaitedMask != 0) {
            final int taker = taker(newestCarrier, newestSinceMs);
            taking[taker * STRIDE + TAKEN] += Long.bitCount(awaitedMask & receiptedMask) * (long) segmentsOfPdu();
            taking[taker * STRIDE + DOUBTED] += Long.bitCount(awaitedMask & ~receiptedMask) * (long) segmentsOfPdu();
        }
        awaitedMask = 0;
        takenMask = 0;
        receiptedMask = 0;
    }

    /** Segments that one PDU stands for: all of them, where the carrier cuts the message itself. */
    private int segmentsOfPdu() {
        return pdus == 1 ? Math.max(1, segments) : 1;
    }

    /** A carrier took a PDU; {@code segment} is its place among the PDUs. */
    void taken(final int itsCarrier, final int segment, final int attempt, final long atMs) {
        final int taker = taker(itsCarrier, atMs);
        taking[taker * STRIDE + TAKEN] += segmentsOfPdu();
        if (isOfDoubtedCopy(itsCarrier, segment, attempt)) {
            resolve(taker, segment);
        } else {
            awaitedMask &= ~bit(segment);
            takenMask |= bit(segment);
        }
    }

    /** The answer to a PDU was lost. */
    void doubted(final int itsCarrier, final int segment, final int attempt, final long atMs) {
        final int taker = taker(itsCarrier, atMs);
        taking[taker * STRIDE + DOUBTED] += segmentsOfPdu();
        awaitedMask &= ~bit(segment);
        doubtMask |= bit(segment);
        doubtCarrier = itsCarrier;
        doubtAttempt = attempt;
    }

    /**
     * A receipt came for a PDU. It is taken for one of the newest copy, where that can be; otherwise it says of the copy whose
     * answer was lost that the carrier has it after all.
     */
    void receipted(final int itsCarrier, final int segment, final long atMs) {
        final boolean ofNewest =
                itsCarrier == newestCarrier && ((awaitedMask | takenMask) & ~receiptedMask & bit(segment)) != 0;
        if (ofNewest) {
            receiptedMask |= bit(segment);
        } else if ((doubtMask & bit(segment)) != 0 && itsCarrier == doubtCarrier) {
            final int taker = taker(itsCarrier, atMs);
            taking[taker * STRIDE + TAKEN] += segmentsOfPdu();
            resolve(taker, segment);
        }
    }

    /** Whether a receipt could say that a PDU was taken. */
    boolean asksReceipts() {
        return (doubtMask | awaitedMask) != 0;
    }

    private void resolve(final int taker, final int segment) {
        taking[taker * STRIDE + DOUBTED] = Math.max(0, doubted(taker) - segmentsOfPdu());
        doubtMask &= ~bit(segment);
    }

    /** A unit whose records are gone but for the last one: what that one implies. */
    void assumeTaken(final int segmentsTaken) {
        if (segmentsTaken > 0 && carrier != 0) {
            final int taker = taker(carrier, closedAtMs);
            taking[taker * STRIDE + TAKEN] = segmentsTaken;
        }
    }

    /** A carrier carried an answered call. */
    void carried(final int itsCarrier, final long answeredAtMs) {
        taker(itsCarrier, answeredAtMs);
    }

    private int taker(final int itsCarrier, final long atMs) {
        for (int i = 0; i < takers; i++) {
            if (takerCarrier(i) == itsCarrier) {
                return i;
            }
        }
        if (takers * STRIDE == taking.length) {
            taking = Arrays.copyOf(taking, 2 * taking.length);
        }
        final int at = takers * STRIDE;
        taking[at + CARRIER] = itsCarrier;
        taking[at + TAKEN] = 0;
        taking[at + DOUBTED] = 0;
        taking[at + TAKEN_AT] = atMs;
        return takers++;
    }

    /** Carriers that took something of it, or may have, in the order in which they did. */
    public int takers() {
        return takers;
    }

    /** The carrier that it was with in the end, among those; -1 where that took nothing. */
    public int mainTaker() {
        for (int taker = 0; taker < takers; taker++) {
            if (takerCarrier(taker) == carrier) {
                return taker;
            }
        }
        return -1;
    }

    public int takerCarrier(final int taker) {
        return (int) taking[taker * STRIDE + CARRIER];
    }

    /** Segments that a carrier took; a copy that it took counts again. */
    public int taken(final int taker) {
        return (int) taking[taker * STRIDE + TAKEN];
    }

    /** Segments that a carrier may have taken: its answer was lost. */
    public int doubted(final int taker) {
        return (int) taking[taker * STRIDE + DOUBTED];
    }

    /** When it took the first one, milliseconds since the epoch. */
    public long takenAtMs(final int taker) {
        return taking[taker * STRIDE + TAKEN_AT];
    }

    public int takenByAll() {
        int sum = 0;
        for (int i = 0; i < takers; i++) {
            sum += taken(i);
        }
        return sum;
    }

    public int doubtedByAll() {
        int sum = 0;
        for (int i = 0; i < takers; i++) {
            sum += doubted(i);
        }
        return sum;
    }

    /** Whether only the last of its records was there. */
    public boolean incomplete() {
        return acceptedSequence == 0;
    }
}
