/**
 * What the configuration says, as immutable values: one record for each block of {@code gateway.yaml},
 * {@code tenants.yaml}, {@code carriers.yaml}, {@code routing.yaml} and one for each row of the CSV files. Every record
 * component bears the name of its key; defaults, ranges and descriptions stand in {@code conf/schema}, and nowhere else.
 * How files become values is the business of {@code config.load}.
 */
package io.trunkline.gateway.config;
