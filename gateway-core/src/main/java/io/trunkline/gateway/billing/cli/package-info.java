/** Commands for those who bill: {@code trunkline cdr}, {@code trunkline reconcile}, and re-rating. */
package io.trunkline.gateway.billing.cli;
