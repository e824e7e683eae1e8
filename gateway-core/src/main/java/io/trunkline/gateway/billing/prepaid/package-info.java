/**
 * What prepaid tenants use, summed up behind the shard as the journal grows, and held against their thresholds. Who is to be
 * refused is told to the shard; the refusal itself is not here.
 */
package io.trunkline.gateway.billing.prepaid;
