package io.trunkline.gateway.engine;

/** What the router decided: one object, reused from unit to unit. */
public final class RouteDecision {
    /** In place of an amount: nobody says what it is. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** Carriers to try, the best first; 0 where there is a refusal. */
    public int count;
    /** Their numbers in the journal. */
    public final int[] carriers = new int[Unit.MAX_CANDIDATES];
    /** Numbers of the treatments that they want, {@link Treatment#NONE} where they want none. */
    public final int[] treatments = new int[Unit.MAX_CANDIDATES];
    /** Number of the treatment by a rule, before that of the carrier. */
    public int rewrite;
    /** Why there is no carrier; {@link ErrorCode#NONE} where there is one. */
    public ErrorCode refusal = ErrorCode.NONE;
    /** Version of the table that decided. */
    public int tableVersion;
    /** Its row; -1 where no row did. */
    public int row;
    /** The rule that the unit met, from 1; 0: none. */
    public int rule;

    /** What the carrier that was chosen takes for a segment, and its fee, in millionths, or {@link #UNKNOWN}. */
    public long buyRateMicros = UNKNOWN;

    public long feeMicros = UNKNOWN;
    /** The lines of {@code rates.csv} that say so; 0: none. */
    public int buyRateLine;

    public int feeLine;

    /** Back to nothing. */
    public void clear() {
        count = 0;
        rewrite = Treatment.NONE;
        refusal = ErrorCode.NONE;
        row = -1;
        rule = 0;
        buyRateMicros = UNKNOWN;
        feeMicros = UNKNOWN;
        buyRateLine = 0;
        feeLine = 0;
    }
}
