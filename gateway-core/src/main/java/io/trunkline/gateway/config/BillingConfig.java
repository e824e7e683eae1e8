package io.trunkline.gateway.config;

import io.trunkline.routing.rates.RateBook;
import io.trunkline.routing.rates.SenderClasses;

/**
 * All that amounts follow from, besides the journal.
 *
 * @param hash SHA-256 of the content of {@code billing.yaml} and {@code rates.csv}, in lower-case hexadecimal
 */
public record BillingConfig(String hash, BillingSettings settings, SenderClasses senders, RateBook rates) {}
