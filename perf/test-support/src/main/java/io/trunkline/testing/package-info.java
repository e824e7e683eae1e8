/**
 * What the tests of more than one module need: certificates of both ends, daemons that others wrote. It knows none of the modules; what
 * one module's tests alone need stands among them.
 */
package io.trunkline.testing;
