package io.trunkline.perf.roles;

import io.trunkline.perf.load.Schedule;
import java.time.Duration;

/**
 * What an {@link InboundRole} does.
 *
 * @param host of the gateway's binary protocol
 * @param port of it
 * @param tenant that owns the number
 * @param token of the tenant
 * @param clientName names its event stream
 * @param schedule when messages leave the carrier
 * @param to the tenant's number, digits
 * @param parts of a message, 1 to 9
 * @param window most messages that the tenant does not have yet
 * @param units most messages
 * @param duration how long to send
 * @param firstUnit number of the first message, part of its text
 */
public record InboundPlan(
        String host,
        int port,
        String tenant,
        String token,
        String clientName,
        Schedule schedule,
        long to,
        int parts,
        int window,
        long units,
        Duration duration,
        long firstUnit) {
    public InboundPlan {
        if (parts < 1 || parts > 9) {
            throw new IllegalArgumentException("a message has 1 to 9 parts, not " + parts);
        }
        if (window < 1) {
            throw new IllegalArgumentException("the window is 1 at least, not " + window);
        }
    }
}
