package io.trunkline.gateway.config;

/**
 * An amount of the currency in which everything is priced, exact to its sixth decimal.
 *
 * @param millionths 0 or more
 */
public record Money(int millionths) {}
