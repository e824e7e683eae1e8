/** {@code trunkline replay}: reads the journal's files and a candidate's, and prints what the fold has found. */
package io.trunkline.gateway.replay.cli;
