package io.trunkline.gateway.config;

/**
 * A share, exact to a hundredth of a percent.
 *
 * @param basisPoints 100 for 1 %
 */
public record Percent(int basisPoints) {}
