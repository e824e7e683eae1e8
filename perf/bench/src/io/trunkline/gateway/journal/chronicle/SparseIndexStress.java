package io.trunkline.gateway.journal.chronicle;

import org.openjdk.jcstress.annotations.*;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** The writer adds entries while a reader looks one up: it finds nothing, or a whole entry, also while the array grows. */
@JCStressTest
@Outcome(id = "-1, -1", expect = Expect.ACCEPTABLE, desc = "before the first")
@Outcome(id = "10, 1000", expect = Expect.ACCEPTABLE, desc = "the first")
@Outcome(id = "20, 2000", expect = Expect.ACCEPTABLE, desc = "the second")
@Outcome(expect = Expect.FORBIDDEN, desc = "half an entry")
@State
public class SparseIndexStress {
    private final SparseIndex index = new SparseIndex();

    @Actor
    public void writer() {
        index.add(10, 1000);
        index.add(20, 2000);
    }

    @Actor
    public void reader(final JJ_Result result) {
        final int entry = index.floor(25);
        result.r1 = entry < 0 ? -1 : index.sequence(entry);
        result.r2 = entry < 0 ? -1 : index.offset(entry);
    }
}
