package io.trunkline.perf.sim;

import io.trunkline.perf.sim.CarrierLog.Kind;
import java.nio.file.Path;

/** Writes a carrier's log by hand: what a judge is to be shown. Each unit has one part. */
public final class CarrierScript implements AutoCloseable {
    private static final int DELIVRD = 2;
    private static final int SYSTEM_ERROR = 8;

    private final CarrierLog log;
    private long message;
    private long timeNs = 1;

    public CarrierScript(final Path path) {
        log = new CarrierLog(path);
    }

    /** What follows is of a turn that began then. */
    public CarrierScript turn(final long newTimeNs) {
        timeNs = newTimeNs;
        return this;
    }

    public CarrierScript taken(final long unit) {
        return submit(unit, 0);
    }

    public CarrierScript refused(final long unit) {
        return submit(unit, SYSTEM_ERROR);
    }

    public CarrierScript unanswered(final long unit) {
        return submit(unit, CarrierLog.UNANSWERED);
    }

    private CarrierScript submit(final long unit, final int status) {
        log.add(Kind.SUBMIT, timeNs, 1, 1, status, unit, ++message);
        return this;
    }

    /** A receipt with success for it. */
    public CarrierScript delivered(final long unit) {
        log.add(Kind.RECEIPT, timeNs, 1, 1, DELIVRD, unit, message);
        return this;
    }

    @Override
    public void close() {
        log.close();
    }
}
