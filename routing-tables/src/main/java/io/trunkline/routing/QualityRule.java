package io.trunkline.routing;

/**
 * When a carrier gets a grade, and when it is rid of it again. Between the two bounds it keeps what it has, so that a value
 * which wavers about a bound does not move traffic to and fro.
 *
 * @param grade that a carrier gets, not {@link Grade#GOOD}
 * @param enter worse than this gives the grade
 * @param leave at least as good as this takes it away
 */
public record QualityRule(Indicator indicator, Grade grade, long enter, long leave) {
    public QualityRule {
        if (grade == Grade.GOOD) {
            throw new IllegalArgumentException("a rule that gives the grade GOOD");
        }
        final boolean backwards = indicator.moreIsBetter() ? enter > leave : enter < leave;
        if (enter < 0 || leave < 0 || backwards) {
            throw new IllegalArgumentException(
                    indicator + ": given at " + enter + " and taken away at " + leave + " is the wrong way round");
        }
    }

    /** Whether a carrier has the grade now, given whether it had it before. */
    boolean holds(final long value, final boolean before) {
        if (indicator.moreIsBetter()) {
            return before ? value < leave : value < enter;
        }
        return before ? value > leave : value > enter;
    }
}
