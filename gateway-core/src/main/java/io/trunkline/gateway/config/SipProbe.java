package io.trunkline.gateway.config;

import java.time.Duration;

/**
 * How a peer's addresses are probed with OPTIONS.
 *
 * @param interval between probes of an address that is up
 * @param whenDown the same of one that is down
 * @param timeout how long an answer may take
 * @param failures in a row after which an address is down
 * @param answers in a row after which it is up again
 */
public record SipProbe(Duration interval, Duration whenDown, Duration timeout, int failures, int answers) {}
