/**
 * Call detail records: their columns and forms, files with manifests, and the exporter, which reads the journal from a cursor on and
 * whose files follow from the records alone. {@code docs/reference/cdr.md} says what a reader of them needs.
 */
package io.trunkline.gateway.billing.cdr;
