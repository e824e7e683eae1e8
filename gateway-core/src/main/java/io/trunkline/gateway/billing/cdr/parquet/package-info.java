/**
 * Rows of a flat table as Parquet: the only place that knows parquet-java, and it without Hadoop (decision 177). What the columns of
 * call detail records are is said in the package above.
 */
package io.trunkline.gateway.billing.cdr.parquet;
