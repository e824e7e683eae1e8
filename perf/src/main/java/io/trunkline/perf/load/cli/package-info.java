/** The commands of load: what is asked for on the command line, and the session that runs roles and reports on them. */
package io.trunkline.perf.load.cli;
