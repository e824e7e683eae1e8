package io.trunkline.gateway.engine;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One open message: all that the engine keeps of it between acceptance and its terminal state. Pooled and reused; a
 * {@link #ticket} names a unit, its incarnation, a segment and an attempt, so that an answer that comes after the unit
 * was closed finds nobody.
 *
 * <p>Segment sets are bit masks, so a message has at most {@value #MAX_SEGMENTS} segments.
 */
public final class Unit {
    public static final int MAX_SEGMENTS = 60;
    /** Carriers that a unit can be tried on. */
    public static final int MAX_CANDIDATES = 8;

    private static final int SEGMENT_BITS = 6;
    private static final int ATTEMPT_BITS = 8;
    private static final int SLOT_BITS = 26;
    private static final int GENERATION_SHIFT = SEGMENT_BITS + ATTEMPT_BITS + SLOT_BITS;
    private static final int GENERATION_MASK = (1 << (Long.SIZE - GENERATION_SHIFT)) - 1;

    /** Position in the pool, fixed for life. */
    final int slot;
    /** Counts incarnations of this object. */
    int generation;

    long id;
    long referenceHi;
    long referenceLo;
    long acceptedSequence;
    long acceptedAtMs;
    /** Wall time, ms; when no carrier has taken it by then it expires. For the journal and the carrier. */
    long expiresAtMs;
    /** The same in monotonic time, which is what decides: a wall clock that is set must not expire units. */
    long expiresMonotonicMs;
    /** Wall time, ms, before which it is not sent; 0: at once. */
    long scheduledAtMs;

    TenantState tenant;
    CarrierState carrier;
    int tableVersion;
    /** Candidate carriers, 16 bits each, first in the low bits. */
    long candidatesLo;

    long candidatesHi;
    /** The treatment that each candidate wants, 16 bits each, like the candidates; null until one wants any. */
    long[] treatments;

    /** By a rule, before that of the carrier; null: none. */
    Treatment rewrite;
    /** Of the carrier that it stands with; null: none. */
    Treatment treatment;

    byte candidateCount;
    byte candidateIndex;

    UnitState state = UnitState.ACCEPTED;
    byte messageClass;
    byte receiptWish;
    byte origin;
    byte senderType;
    byte encoding;
    byte dataCoding;
    /** Short messages on the air: what is counted and charged. */
    byte segments;
    /** PDUs that carry them: the same number, but one where the carrier cuts the message itself. Masks are by PDU. */
    byte pdus;

    byte flags;
    byte attempt;
    boolean possibleDuplicate;
    /** Monotonic microseconds, the low 32 bits, of the read that it came in by; 0: it has been written, or came before a restart. */
    int readAtUs;

    /** Milliseconds from its acceptance to when a carrier had taken all of it; 0: not yet, or before a restart. */
    int sentAfterMs;

    int errorCode;
    int rawCode;

    long writtenMask;
    long acceptedMask;
    long inDoubtMask;
    long deliveredMask;
    long receiptedMask;

    /** Correlation key of segment i at [2i], [2i+1]; null until a carrier took the first of several segments. */
    long[] messageKeys;

    long messageKeyHi;
    long messageKeyLo;

    /** from, to and body one after another; null while the journal alone has it. */
    byte[] payload;

    byte fromLength;
    byte toLength;
    char bodyLength;
    /** The key that its body is sealed with in the journal; 0: none. */
    int bodyKey;

    // Intrusive links: the timer wheel, and the one queue a unit can stand in.
    Unit timerPrevious;
    Unit timerNext;
    long timerDeadlineMs;
    TimerPurpose timerPurpose = TimerPurpose.NONE;

    Unit queueNext;
    Unit queuePrevious;
    TenantQueue queue;
    /** The handset's E.164 digits as a number. */
    long destination;
    /** See {@link PackedSender}. */
    long senderHi;

    long senderLo;
    /** Its body is being read back from the journal. */
    boolean loading;
    /** It is among its carrier's units in doubt. */
    boolean inDoubtListed;
    /** Where the dedupe window keeps it, or -1. */
    long dedupeSequence = -1;

    /** Why a unit's timer runs. A unit has one timer: for whatever comes next. */
    enum TimerPurpose {
        NONE,
        SCHEDULE,
        RETRY,
        EXPIRY,
        RECEIPT,
        IN_DOUBT
    }

    Unit(final int slot) {
        this.slot = slot;
    }

    /** Flag bits of {@link #flags}, as in the journal. */
    static final int FLAG_SMART_ENCODING = 1;

    static final int FLAG_USER_DATA_HEADER = 2;
    static final int FLAG_TEXT = 4;
    /** A segment was refused for good: no more are sent, and it ends when those under way are answered. */
    static final int FLAG_DOOMED = 8;
    /** Its carrier's answer was the last that is heard of it. */
    static final int FLAG_CONCLUDED = 16;

    public long id() {
        return id;
    }

    public boolean isText() {
        return (flags & FLAG_TEXT) != 0;
    }

    public boolean hasUserDataHeader() {
        return (flags & FLAG_USER_DATA_HEADER) != 0;
    }

    public int dataCoding() {
        return dataCoding & 0xFF;
    }

    /** 1 otp, 2 transactional, 3 bulk. */
    public int messageClass() {
        return messageClass;
    }

    /** 1 number, 2 alphanumeric, 3 pool. */
    public int senderType() {
        return senderType;
    }

    public int segments() {
        return segments;
    }

    public boolean wantsReceipt() {
        return receiptWish != 1;
    }

    public long expiresAtMs() {
        return expiresAtMs;
    }

    /** Which attempt it is to send it to its present carrier, from 0. */
    public int attempt() {
        return attempt & 0xFF;
    }

    public UnitState state() {
        return state;
    }

    public boolean possibleDuplicate() {
        return possibleDuplicate;
    }

    /** What a rule does to its addresses, before {@link #treatment}; null: nothing. */
    public Treatment rewrite() {
        return rewrite;
    }

    /** What its carrier wants done to its addresses; null: nothing. */
    public Treatment treatment() {
        return treatment;
    }

    /** Points {@code view} at the sender. */
    public void from(final UnsafeBuffer view) {
        view.wrap(payload, 0, fromLength);
    }

    /** Points {@code view} at the destination's digits. */
    public void to(final UnsafeBuffer view) {
        view.wrap(payload, fromLength, toLength);
    }

    /** Points {@code view} at the body as it was submitted. */
    public void body(final UnsafeBuffer view) {
        view.wrap(payload, fromLength + toLength, bodyLength);
    }

    int candidate(final int index) {
        final long word = index < 4 ? candidatesLo : candidatesHi;
        return (int) (word >>> (16 * (index & 3))) & 0xFFFF;
    }

    int candidateTreatment(final int index) {
        return treatments == null ? Treatment.NONE : (int) (treatments[index >>> 2] >>> (16 * (index & 3))) & 0xFFFF;
    }

    void addCandidate(final int carrierNumber, final int treatmentNumber) {
        final int shift = 16 * (candidateCount & 3);
        if (candidateCount < 4) {
            candidatesLo |= (long) carrierNumber << shift;
        } else {
            candidatesHi |= (long) carrierNumber << shift;
        }
        if (treatmentNumber != Treatment.NONE) {
            if (treatments == null) {
                treatments = new long[MAX_CANDIDATES / 4];
            }
            treatments[candidateCount >>> 2] |= (long) treatmentNumber << shift;
        }
        candidateCount++;
    }

    /** A carrier has taken all of it. */
    void sentAt(final long nowMs) {
        sentAfterMs = (int) Math.max(1, Math.min(Integer.MAX_VALUE, nowMs - acceptedAtMs));
    }

    long allPdus() {
        return (1L << pdus) - 1;
    }

    /** PDUs written whose answer is still to come. */
    long unansweredPdus() {
        return writtenMask & ~acceptedMask & ~inDoubtMask;
    }

    boolean doomed() {
        return (flags & FLAG_DOOMED) != 0;
    }

    void doom() {
        flags |= FLAG_DOOMED;
    }

    boolean concluded() {
        return (flags & FLAG_CONCLUDED) != 0;
    }

    void conclude() {
        flags |= FLAG_CONCLUDED;
    }

    int segmentsDelivered() {
        return deliveredMask == allPdus() ? segments : Long.bitCount(deliveredMask);
    }

    long ticket(final int segment) {
        return ((long) (generation & GENERATION_MASK) << GENERATION_SHIFT)
                | ((long) slot << (SEGMENT_BITS + ATTEMPT_BITS))
                | ((long) (attempt & 0xFF) << SEGMENT_BITS)
                | segment;
    }

    static int slotOf(final long ticket) {
        return (int) (ticket >>> (SEGMENT_BITS + ATTEMPT_BITS)) & ((1 << SLOT_BITS) - 1);
    }

    static int segmentOf(final long ticket) {
        return (int) ticket & ((1 << SEGMENT_BITS) - 1);
    }

    static int attemptOf(final long ticket) {
        return (int) (ticket >>> SEGMENT_BITS) & 0xFF;
    }

    /** Whether this is still the incarnation that the ticket was issued for. */
    boolean issued(final long ticket) {
        return id != 0 && (ticket >>> GENERATION_SHIFT) == (generation & GENERATION_MASK);
    }

    long messageKeyHi(final int segment) {
        return messageKeys == null ? messageKeyHi : messageKeys[2 * segment];
    }

    long messageKeyLo(final int segment) {
        return messageKeys == null ? messageKeyLo : messageKeys[2 * segment + 1];
    }

    void messageKey(final int segment, final long hi, final long lo) {
        if (pdus == 1) {
            messageKeyHi = hi;
            messageKeyLo = lo;
            return;
        }
        if (messageKeys == null) {
            messageKeys = new long[2 * pdus];
        }
        messageKeys[2 * segment] = hi;
        messageKeys[2 * segment + 1] = lo;
    }

    /** Back to nothing, for the next incarnation. The payload must have been returned before. */
    void clear() {
        generation++;
        id = 0;
        referenceHi = 0;
        referenceLo = 0;
        scheduledAtMs = 0;
        tenant = null;
        carrier = null;
        candidatesLo = 0;
        candidatesHi = 0;
        if (treatments != null) {
            Arrays.fill(treatments, 0);
        }
        rewrite = null;
        treatment = null;
        sentAfterMs = 0;
        candidateCount = 0;
        candidateIndex = 0;
        state = UnitState.ACCEPTED;
        attempt = 0;
        possibleDuplicate = false;
        readAtUs = 0;
        errorCode = 0;
        rawCode = 0;
        writtenMask = 0;
        acceptedMask = 0;
        inDoubtMask = 0;
        deliveredMask = 0;
        receiptedMask = 0;
        messageKeys = null;
        messageKeyHi = 0;
        messageKeyLo = 0;
        payload = null;
        bodyKey = 0;
        loading = false;
        dedupeSequence = -1;
    }
}
