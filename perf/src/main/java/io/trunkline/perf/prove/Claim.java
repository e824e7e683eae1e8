package io.trunkline.perf.prove;

/** One thing that Trunkline promises, and how to find out whether it holds. */
public interface Claim {
    /** The name on the command line. */
    String name();

    /** One line: what is done and what must come of it. */
    String describe();

    /** Finds out. Whatever it starts it registers with the context, which ends it in any case. */
    ClaimResult run(ProveContext context) throws Exception;
}
