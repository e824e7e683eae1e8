package io.trunkline.smpp.text;

import org.agrona.DirectBuffer;

/**
 * Chooses a text's encoding and cuts it into segments, by a carrier's profile. The fewest segments win; where they are equal
 * the first of: the carrier's default alphabet, Latin-1, UCS-2, national tables (not every handset has them), the default
 * alphabet with look-alikes. So look-alikes and national tables are used only where they save a segment.
 *
 * <p>Allocates nothing. Not thread-safe: one per thread.
 */
public final class Segmenter {
    /** What an attempt gives besides a number of segments. */
    private static final int NOT_ENCODABLE = -1;

    private static final int INVALID = -2;
    private static final int TOO_MANY = Integer.MAX_VALUE;

    private final SegmentWriter writer = new SegmentWriter();
    private final BinaryCutter binaryCutter = new BinaryCutter(writer);

    private DirectBuffer text;
    private int begin;
    private int end;
    private TextProfile profile;
    private SegmentPlan plan;

    private int best;
    private TextForm bestForm;
    private Gsm7Alphabet bestAlphabet;
    private boolean bestReplaces;
    /** The plan holds the best attempt, not a later one. */
    private boolean planIsBest;

    /** Plans a text; replaces look-alikes as the profile says. */
    public PlanResult plan(
            final DirectBuffer utf8,
            final int offset,
            final int length,
            final TextProfile textProfile,
            final SegmentPlan out) {
        return plan(utf8, offset, length, textProfile, textProfile.smartReplacement(), out);
    }

    /**
     * Plans a text.
     *
     * @param smart whether look-alikes may be replaced, whatever the profile says
     * @param out holds the plan where the result is OK, and nothing of use otherwise
     */
    public PlanResult plan(
            final DirectBuffer utf8,
            final int offset,
            final int length,
            final TextProfile textProfile,
            final boolean smart,
            final SegmentPlan out) {
        out.clear();
        if (length == 0) {
            return PlanResult.EMPTY;
        }
        text = utf8;
        begin = offset;
        end = offset + length;
        profile = textProfile;
        plan = out;
        final PlanResult result = choose(smart);
        if (result != PlanResult.OK) {
            out.clear();
        }
        return result;
    }

    /**
     * Plans a body of octets that already are what its data_coding says. It goes as it is where it fits one segment. Else it
     * is cut, never within an escape or surrogate pair, and a concatenation element joins the body's own header; a body
     * that has one already was cut by its sender and is too long.
     *
     * @param dataCoding 0..255, written as it is
     * @param userDataHeader the body begins with a user data header
     */
    public PlanResult planBinary(
            final DirectBuffer octets,
            final int offset,
            final int length,
            final int dataCoding,
            final boolean userDataHeader,
            final TextProfile textProfile,
            final SegmentPlan out) {
        out.clear();
        out.dataCoding = dataCoding;
        final PlanResult result = binaryCutter.cut(octets, offset, length, userDataHeader, textProfile, out);
        if (result != PlanResult.OK) {
            out.clear();
        }
        return result;
    }

    private PlanResult choose(final boolean smart) {
        final TextForm primary = TextForm.of(profile.defaultAlphabet());
        best = TOO_MANY;
        int outcome = attempt(primary, Gsm7Alphabet.DEFAULT, false);
        final boolean encodable = outcome != NOT_ENCODABLE;
        if (outcome != INVALID && best > 1 && primary != TextForm.LATIN1 && profile.latin1()) {
            outcome = attempt(TextForm.LATIN1, null, false);
        }
        // Septets and Latin-1 never take more room than UCS-2: it is for what they cannot say.
        if (outcome != INVALID && !encodable && best == TOO_MANY) {
            outcome = attempt(TextForm.UCS2, null, false);
        }
        if (outcome == INVALID) {
            return PlanResult.INVALID_UTF8;
        }
        for (final Gsm7Alphabet national : profile.national()) {
            if (best > 1) {
                attempt(TextForm.GSM7, national, false);
            }
        }
        if (smart && !encodable && best > 1) {
            attempt(primary, Gsm7Alphabet.DEFAULT, true);
        }
        if (best == TOO_MANY) {
            return PlanResult.TOO_LONG;
        }
        if (!planIsBest) {
            encode(bestForm, bestAlphabet, bestReplaces, best);
        }
        return PlanResult.OK;
    }

    /** Encodes, and keeps what it took to do so where that needs fewer segments than all before. */
    private int attempt(final TextForm form, final Gsm7Alphabet alphabet, final boolean replaces) {
        final int limit = best == TOO_MANY ? profile.maxSegments() : best - 1;
        final int outcome = encode(form, alphabet, replaces, limit);
        planIsBest = outcome > 0 && outcome < best;
        if (planIsBest) {
            best = outcome;
            bestForm = form;
            bestAlphabet = alphabet;
            bestReplaces = replaces;
        }
        return outcome;
    }

    /** The number of segments, or why there are none. */
    private int encode(
            final TextForm form, final Gsm7Alphabet alphabet, final boolean replaces, final int maxSegments) {
        writer.begin(form, alphabet, profile, maxSegments, plan);
        int index = begin;
        while (index < end && !writer.overflow()) {
            index = writer.appendPlain(text, index, end);
            if (index == end) {
                break;
            }
            final int codePoint = Utf8.codePoint(text, index, end);
            if (codePoint == Utf8.INVALID) {
                return INVALID;
            }
            index += Utf8.length(codePoint);
            if (!writer.append(codePoint) && !(replaces && appendReplacement(codePoint))) {
                return NOT_ENCODABLE;
            }
        }
        if (plan.bodyLength == 0 && !writer.overflow()) {
            return NOT_ENCODABLE;
        }
        final int segments = writer.finish();
        return segments == 0 ? TOO_MANY : segments;
    }

    private boolean appendReplacement(final int codePoint) {
        final byte[] replacement = SmartReplacement.of(codePoint);
        if (replacement == null) {
            return false;
        }
        for (final byte c : replacement) {
            if (!writer.append(c)) {
                return false;
            }
        }
        plan.replaced++;
        return true;
    }
}
