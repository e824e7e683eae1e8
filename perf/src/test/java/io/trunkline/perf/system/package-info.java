/** The real daemon in a process of its own, and peers that know nothing of how it is made. Few, and each under 20 s. */
package io.trunkline.perf.system;
