/**
 * The journal on disk: runs, cycle files written by Chronicle Queue as raw bytes, forcing, allocation ahead, manifests,
 * recovery, retention. The only package that imports Chronicle. What a record means is not known here.
 */
package io.trunkline.gateway.journal.chronicle;
