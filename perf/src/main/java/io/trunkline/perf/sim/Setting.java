package io.trunkline.perf.sim;

/** One thing that can be told to a simulator, before the start and while it runs; an enum constant. */
public interface Setting {
    /** The name on the command line. */
    String key();

    /** The value where none is given. */
    String initial();

    /** What it is and how values are written. */
    String help();
}
