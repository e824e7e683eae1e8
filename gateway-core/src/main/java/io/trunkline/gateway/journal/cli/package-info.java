/** {@code trunkline journal}: checks, shows and sums up a journal's files, with or without a daemon. */
package io.trunkline.gateway.journal.cli;
