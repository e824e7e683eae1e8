package io.trunkline.sip.trunk;

import io.trunkline.sip.transport.Destination;
import io.trunkline.sip.transport.Flow;

/** How to get to a destination; the transport's {@code flow}, or a simulated network's. */
@FunctionalInterface
public interface Flows {
    /** The way, or null where there is none. */
    Flow to(Destination destination);
}
