package io.trunkline.sip.trunk;

/** One call's place on a trunk: taken with {@link Admission#acquire}, and given back once, however often that is tried. */
public final class Permit {
    private final Admission admission;
    private boolean released;

    Permit(final Admission admission) {
        this.admission = admission;
    }

    /**
     * Gives the place back.
     *
     * @return false where that has been done already
     */
    public boolean release() {
        if (released) {
            return false;
        }
        released = true;
        admission.released();
        return true;
    }
}
