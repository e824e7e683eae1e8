/**
 * The perf harness: carrier simulators, load, claims and their judge. What several rooms share lives here (the marker
 * that names a unit inside its own text); the rooms themselves are the packages below.
 */
package io.trunkline.perf;
